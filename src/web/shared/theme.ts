import { BRAND_DARK, BRAND_LIGHT, propertiesCss, type Root } from './brand.ts'

export { FONT, MOTION_MS, RADIUS, SIZES, SPACE_STEP, TOUCH } from './brand.ts'

/**
 * Every colour of the three front ends, from `look-and-voice.md`. Text colours keep at least
 * 5.4:1 on the surfaces they stand on.
 */
export const LIGHT = {
  ...BRAND_LIGHT,
  raised: '#F6F9F8',
  line: '#D5E0DD',
  /** Edges of controls: 3:1 on paper and raised. */
  edge: '#7C8F8C',
  ink: '#1B2A2F',
  muted: '#55666C',
  machine: '#EEF5F3',
  machineEdge: '#A9CFC7',
  link: '#0A5FA8',
  ok: '#1E6B3A',
  soon: '#8A5300',
  okPaper: '#EAF5EE',
  soonPaper: '#FDF3E1',
  latePaper: '#FDECEA',
}

export type Palette = typeof LIGHT

export const DARK: Palette = {
  ...BRAND_DARK,
  raised: '#1C2A2B',
  line: '#2F4143',
  edge: '#71878A',
  ink: '#E6EEEC',
  muted: '#9FB0B3',
  machine: '#1C2A2B',
  machineEdge: '#2F6258',
  link: '#7FB8F0',
  ok: '#7BD39A',
  soon: '#F2B45C',
  okPaper: '#16291D',
  soonPaper: '#2C2313',
  latePaper: '#341917',
}

/** The whole theme as custom properties, for a page or a shadow root. */
export const themeCss = (root: Root): string => propertiesCss(root, LIGHT, DARK)
