"""Tables of HTML: those that hold data are kept as tables, those that only arrange a page are not."""

from content.reading.html_styles import Style, style_inside
from content.reading.html_tree import Node
from content.reading.outline import BulletList, Paragraph, Run, Runs, Table, plain, text_of
from content.reading.report import Report, quoted

SHORT_CELL = 120
MOST_COLUMNS = 20
ARRANGING = {"h1", "h2", "h3", "h4", "h5", "h6", "table", "hr"}


def is_data_table(node: Node) -> bool:
    """Tell whether a table holds data: header cells, lines around it, or short cells in regular rows."""
    # Looked for first and only as far as needed: newsletters have tables in tables in tables.
    if node.get("role") in {"presentation", "none"} or _arranges(node):
        return False
    inner = [child for child in node.walk() if child is not node]
    rows = rows_of(node)
    widths = {sum(_span(cell, "colspan") for cell in row) for row in rows}
    if len(rows) < 2 or not 2 <= max(widths) <= MOST_COLUMNS:
        return False
    if any(child.tag in {"th", "caption"} for child in inner) or _has_lines(node, inner):
        return True
    cells = [cell.text().strip() for row in rows for cell in row]
    is_short = all(len(cell) <= SHORT_CELL for cell in cells)
    return len(rows) >= 3 and len(widths) == 1 and is_short and sum(map(bool, cells)) > len(cells) * 0.7


def _arranges(node: Node) -> bool:
    return any(child.tag in ARRANGING for child in node.walk() if child is not node)


def rows_of(node: Node) -> list[list[Node]]:
    """Return the cells of a table, row by row."""
    rows = (child for child in node.walk() if child.tag == "tr")
    cells = ([cell for cell in row.children if isinstance(cell, Node) and cell.tag in {"td", "th"}] for row in rows)
    return [row for row in cells if row]


def table_of(node: Node, walker, report: Report) -> Table:
    """Return a data table. The walker reads the cells; what a cell cannot hold stays in the walker's blocks."""
    rows = rows_of(node)
    grid = _grid(rows, walker)
    caption = next((" ".join(child.text().split()) for child in node.walk() if child.tag == "caption"), "")
    walker.words.append(f"{caption}\n")
    name = quoted(caption or " | ".join(plain(cell) for cell in grid[0]))
    if any(_span(cell, "colspan") > 1 or _span(cell, "rowspan") > 1 for row in rows for cell in row):
        report.check(f"The table {name} had cells that reach over several columns or rows; they were made single.")
    return _headed(grid, caption, name, any(cell.tag == "th" for cell in rows[0]), report)


def _grid(rows: list[list[Node]], walker) -> list[list[Runs]]:
    """Return the content of the cells, with empty ones where a cell reaches over further columns or rows."""
    grid: list[list[Runs]] = []
    # How many rows the cell above still reaches down, by column.
    reaching: dict[int, int] = {}
    for cells in rows:
        row: list[Runs] = []
        for cell in cells:
            _pass(row, reaching)
            start = len(row)
            row += _filled(cell, walker)
            reaching |= dict.fromkeys(range(start, len(row)), _span(cell, "rowspan", most=len(rows)) - 1)
        _pass(row, reaching)
        grid.append(row)
    width = max(map(len, grid))
    return [row + [[] for _ in range(width - len(row))] for row in grid]


def _pass(row: list[Runs], reaching: dict[int, int]) -> None:
    """Leave the cells empty that one above reaches into."""
    while reaching.get(len(row), 0) > 0:
        reaching[len(row)] -= 1
        row.append([])


def _headed(grid: list[list[Runs]], caption: str, name: str, is_marked: bool, report: Report) -> Table:
    first = [plain(cell).strip() for cell in grid[0]]
    is_plain = not any(run.href for cell in grid[0] for run in cell)
    if is_plain and len(grid) > 1 and (is_marked or all(cell and len(cell) <= SHORT_CELL for cell in first)):
        if not is_marked:
            report.guess(f"The first row of the table {name} was taken as the headings of its columns.")
        return Table([" ".join(cell.split()) for cell in first], grid[1:], caption)
    report.check(f"The columns of the table {name} have no headings. Give each one a heading.")
    return Table(["" for _ in first], grid, caption)


def _filled(cell: Node, walker) -> list[Runs]:
    """Return the content of a cell, with empty cells for the further columns it reaches over."""
    before = len(walker.blocks)
    walker.inside(cell, style_inside(cell, Style()) if cell.tag == "td" else Style())
    walker.end_paragraph()
    gathered, walker.blocks[before:] = walker.blocks[before:], []
    runs: Runs = []
    for block in gathered:
        if isinstance(block, BulletList):
            pieces = [Run(text_of(block))]
        elif hasattr(block, "runs"):
            pieces = block.runs if isinstance(block, Paragraph) else list(block.runs)
        else:
            walker.blocks.append(block)
            continue
        runs += [*([Run("\n")] if runs else []), *pieces]
    return [runs, *([] for _ in range(_span(cell, "colspan") - 1))]


def _span(cell: Node, name: str, *, most: int = MOST_COLUMNS) -> int:
    value = cell.get(name)
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _has_lines(node: Node, inner: list[Node]) -> bool:
    if node.get("border") not in {"", "0"} or "MsoTableGrid" in node.get("class"):
        return True
    cells = [child for child in inner if child.tag == "td"]
    return bool(cells) and sum("border" in cell.get("style") for cell in cells) > len(cells) / 2
