// Measure the contrast of texts with what is painted under the middle of each: what axe leaves open, texts over drawings.
(selectors => {
  const numbers = colour => colour.match(/[\d.]+/g).map(Number);
  const painted = (element, x, y) => {
    const look = getComputedStyle(element);
    if (!(element instanceof SVGGeometryElement)) return element instanceof SVGElement ? null : look.backgroundColor;
    const spot = new DOMPoint(x, y).matrixTransform(element.getScreenCTM().inverse());
    if (look.stroke !== "none" && element.isPointInStroke(spot)) return look.stroke;
    return look.fill !== "none" && element.isPointInFill(spot) ? look.fill : null;
  };
  const over = (below, element, x, y) => {
    const colour = painted(element, x, y);
    if (colour === null) return below;
    const [red, green, blue, alpha = 1] = numbers(colour);
    const share = alpha * getComputedStyle(element).opacity;
    return [red, green, blue].map((part, place) => share * part + (1 - share) * below[place]);
  };
  const luminance = parts => parts.map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.style.scrollBehavior = "auto";
  return selectors.map(selector => {
    const element = document.querySelector(selector);
    element.scrollIntoView({block: "center", inline: "center"});
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getClientRects()[0] ?? element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const layers = document.elementsFromPoint(x, y);
    const own = layers.indexOf(element);
    const below = layers.filter((layer, place) => place >= own && !layer.matches("text"));
    const paper = below.reverse().reduce((found, layer) => over(found, layer, x, y), dark ? [0, 0, 0] : [255, 255, 255]);
    const look = getComputedStyle(element);
    const ink = numbers(element instanceof SVGElement ? look.fill : look.color).slice(0, 3);
    const [low, high] = [luminance(ink), luminance(paper)].sort((one, other) => one - other);
    return {text: element.textContent.slice(0, 30), contrast: own < 0 ? 0 : (high + 0.05) / (low + 0.05)};
  });
})
