import { describe, expect, it } from 'vitest'
import { DARK, LIGHT, type Palette, themeCss } from '../../src/web/shared/theme.ts'

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

/** Text colours and every surface they stand on. */
const TEXTS: [keyof Palette, (keyof Palette)[]][] = [
  ['ink', ['paper', 'raised', 'machine', 'okPaper', 'latePaper']],
  ['muted', ['paper', 'raised', 'machine', 'okPaper']],
  ['primary', ['paper', 'raised', 'machine']],
  ['link', ['paper', 'raised', 'machine', 'latePaper']],
  ['onPrimary', ['primary', 'primaryStrong']],
  ['onLate', ['late']],
  ['ok', ['paper', 'okPaper']],
  ['soon', ['paper', 'soonPaper']],
  ['late', ['paper', 'latePaper']],
]

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s theme', (_, palette: Palette) => {
  it.each(TEXTS)('keeps %s readable on %j', (text, surfaces) => {
    for (const surface of surfaces) {
      expect(contrast(palette[text], palette[surface]), surface).toBeGreaterThanOrEqual(5)
    }
  })

  it('keeps the edges of controls visible', () => {
    for (const surface of ['paper', 'raised'] as const) {
      expect(contrast(palette.edge, palette[surface])).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('the style sheet of a theme', () => {
  it('follows the system and lets the host overrule it', () => {
    const css = themeCss(':host')
    expect(css).toContain('@media(prefers-color-scheme:dark){:host{')
    expect(css).toContain(':host([data-theme=dark])')
    expect(css).toContain('--sw-on-primary:#FFFFFF')
    expect(themeCss(':root')).toContain(':root[data-theme=light]')
  })
})
