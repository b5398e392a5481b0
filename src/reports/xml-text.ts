const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** What XML 1.0 has no way to say. */
// oxlint-disable-next-line no-control-regex
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const UNSAYABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** A text inside an element of a sheet, where `_x000D_` would be read as the character it names. */
export const xmlText = (text: string) =>
  text
    .toWellFormed()
    .replace(UNSAYABLE, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"\r]/g, (sign) => ENTITIES[sign]!)
