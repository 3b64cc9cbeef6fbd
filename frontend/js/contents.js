/* The list "On this page" marks the part that is being read. */

export function follow(list) {
  const links = new Map();
  for (const link of list.querySelectorAll("a[href^='#']")) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) links.set(place, link);
  }

  function mark() {
    let current = null;
    for (const [place, link] of links) {
      link.removeAttribute("aria-current");
      if (place.getBoundingClientRect().top < innerHeight / 3) current = link;
    }
    current?.setAttribute("aria-current", "true");
  }

  // The part being read changes only where a heading crosses the upper third of the window.
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  links.forEach((link, place) => observer.observe(place));
}
