"""What an Office package says it is: today's Microsoft formats and OpenDocument; macros and passwords."""

import posixpath
import re

from files.kinds import KINDS, Kind
from files.packages import Package
from files.refusals import Damaged, HasMacros, Protected, WrongContent
from files.xml_streams import Handler

CONTENT_TYPES = "[Content_Types].xml"
MIMETYPE = "mimetype"
MANIFEST = "META-INF/manifest.xml"
# These are read in the web process. A line is some 150 bytes, and there is one for each part.
MOST_IN_LIST = 2 * 1024 * 1024
MAIN = {f"{kind.media_type}.main+xml": kind for kind in KINDS.values() if "openxmlformats" in kind.media_type}
MAIN_TYPES = {kind.extension: media_type for media_type, kind in MAIN.items()}
OPEN_DOCUMENT = {kind.media_type: kind for kind in KINDS.values() if "opendocument" in kind.media_type}
# Excel 4 macros are sheets of their own, without Visual Basic.
MACRO_TYPE = re.compile(r"macroenabled|vbaproject|vbadata|macrosheet", re.IGNORECASE)
MACRO_PART = re.compile(r"(?:^|/)(?:vbaproject[^/]*\.bin|vbadata\.xml|macrosheets/[^/]+)$")
# LibreOffice writes a list of libraries even where there is no macro in them.
MACRO_IN_OPEN_DOCUMENT = re.compile(r"^(?:basic/(?!.*(?:script-l[bc]|dialog-l[bc])\.xml$)|scripts/)")


def check_office(package: Package, kind: Kind):
    """Refuse a package that is not of the kind its name claims. Raises WrongContent, HasMacros, Protected, Damaged."""
    if MIMETYPE in package:
        _check_open_document(package, kind)
    elif CONTENT_TYPES in package:
        _check_microsoft(package, kind)
    else:
        raise WrongContent(f"This is a zip file and not {kind.named}. Upload the document itself.")


def main_part(package: Package, kind: Kind) -> str:
    """Return the name of the part with the document's text. Raises Damaged where there is none."""
    types = package.listen(CONTENT_TYPES, _Types(), most=MOST_IN_LIST)
    name = next((name for name, media_type in types.named.items() if media_type == MAIN_TYPES[kind.extension]), "")
    if name not in package:
        raise Damaged(kind.label)
    return name


def relations(package: Package, part: str) -> dict[str, str]:
    """Return the names of the parts that a part refers to, by the key it refers to them with."""
    folder, name = posixpath.split(part)
    heard = package.listen(f"{folder}/_rels/{name}.rels", _Relations())
    return {key: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for key, target in heard.inner}


class _Types(Handler):
    """Hears [Content_Types].xml: the type of each part that is named, and of all others."""

    def __init__(self):
        super().__init__()
        self.named, self.others = {}, set()

    def start_Override(self, attributes):
        self.named[attributes.get("PartName", "").lstrip("/").lower()] = attributes.get("ContentType", "").strip()

    def start_Default(self, attributes):
        self.others.add(attributes.get("ContentType", ""))


class _Relations(Handler):
    def __init__(self):
        super().__init__()
        self.inner = []

    def start_Relationship(self, attributes):
        if attributes.get("TargetMode") != "External":
            self.inner.append((attributes.get("Id", ""), attributes.get("Target", "")))


def _check_microsoft(package: Package, kind: Kind):
    types = package.listen(CONTENT_TYPES, _Types(), most=MOST_IN_LIST)
    said = {*types.named.values(), *types.others}
    if any(MACRO_TYPE.search(media_type) for media_type in said) or any(map(MACRO_PART.search, package.names())):
        raise _has_macros(kind)
    found = [MAIN[media_type] for media_type in said if media_type in MAIN]
    if kind in found:
        main_part(package, kind)
    elif found:
        raise _other(found[0], kind)
    elif any(".template.main+xml" in media_type or ".slideshow.main+xml" in media_type for media_type in said):
        raise WrongContent(f"This is a template or slide show and not {kind.named}. Open it and save it as one.")
    else:
        raise WrongContent(f"This is a zip file and not {kind.named}. Upload the document itself.")


def _check_open_document(package: Package, kind: Kind):
    said = package.content(MIMETYPE, most=4096).decode("ascii", errors="replace").strip()
    manifest = package.listen(MANIFEST, _Manifest(), most=MOST_IN_LIST)
    if manifest.is_encrypted:
        raise Protected
    if any(map(MACRO_IN_OPEN_DOCUMENT.search, package.names())):
        raise _has_macros(kind)
    if said != kind.media_type:
        if said in OPEN_DOCUMENT:
            raise _other(OPEN_DOCUMENT[said], kind)
        raise WrongContent(f"This file is called {kind.named}, but it is not. Open it and save it as one.")
    if "content.xml" not in package:
        raise Damaged(kind.label)


class _Manifest(Handler):
    is_encrypted = False

    def start_encryption_data(self, attributes):
        self.is_encrypted = True


def _has_macros(kind: Kind) -> HasMacros:
    return HasMacros(
        f"This {kind.label} carries macros: small programs that would run on readers’ computers. Save it without them."
    )


def _other(found: Kind, kind: Kind) -> WrongContent:
    return WrongContent(
        f"This file is called {kind.named}, but it is {found.named}. Give it a name that ends in .{found.extension}."
    )
