/**
 * Every colour, size and distance of the three front ends, from `look-and-voice.md`. Text colours
 * keep at least 5.4:1 on the surfaces they stand on.
 */
export const LIGHT = {
  paper: '#FFFFFF',
  raised: '#F6F9F8',
  line: '#D5E0DD',
  /** Edges of controls: 3:1 on paper and raised. */
  edge: '#7C8F8C',
  ink: '#1B2A2F',
  muted: '#55666C',
  primary: '#0B6B5D',
  primaryStrong: '#084F45',
  onPrimary: '#FFFFFF',
  machine: '#EEF5F3',
  machineEdge: '#A9CFC7',
  link: '#0A5FA8',
  ok: '#1E6B3A',
  soon: '#8A5300',
  late: '#B3261E',
  onLate: '#FFFFFF',
  okPaper: '#EAF5EE',
  soonPaper: '#FDF3E1',
  latePaper: '#FDECEA',
  shadow: 'rgb(16 42 40 / 18%)',
} as const

export type Palette = Record<keyof typeof LIGHT, string>

export const DARK: Palette = {
  paper: '#12191B',
  raised: '#1C2A2B',
  line: '#2F4143',
  edge: '#71878A',
  ink: '#E6EEEC',
  muted: '#9FB0B3',
  primary: '#4FC3AE',
  primaryStrong: '#7AD9C8',
  onPrimary: '#06231E',
  machine: '#1C2A2B',
  machineEdge: '#2F6258',
  link: '#7FB8F0',
  ok: '#7BD39A',
  soon: '#F2B45C',
  late: '#FF8A80',
  onLate: '#38070A',
  okPaper: '#16291D',
  soonPaper: '#2C2313',
  latePaper: '#341917',
  shadow: 'rgb(0 0 0 / 55%)',
}

export const FONT =
  'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

/** px; large-type mode multiplies them by `--sw-scale`. */
export const SIZES = { xs: 12, sm: 14, md: 16, lg: 20, xl: 24 } as const
export const SPACE_STEP = 4
export const RADIUS = 8
export const MOTION_MS = 160
export const TOUCH = 44

const kebab = (name: string) => name.replace(/[A-Z]/g, (upper) => `-${upper.toLowerCase()}`)

const colours = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, value]) => `--sw-${kebab(name)}:${value}`)
    .join(';')

function measures(): string {
  const sizes = Object.entries(SIZES).map(([n, px]) => `--sw-${n}:calc(${px}px*var(--sw-scale,1))`)
  const spaces = [1, 2, 3, 4, 5, 6, 8].map((n) => `--sw-s${n}:${n * SPACE_STEP}px`)
  const rest = [
    `--sw-font:${FONT}`,
    `--sw-radius:${RADIUS}px`,
    `--sw-touch:${TOUCH}px`,
    `--sw-motion:${MOTION_MS}ms`,
  ]
  return [...sizes, ...spaces, ...rest].join(';')
}

/**
 * The theme as custom properties on `selector` (`:host` in a shadow root, `:root` on a page).
 * `data-theme="light|dark"` on that element overrules what the system prefers.
 */
export function themeCss(selector: ':host' | ':root'): string {
  const on = (mode: string) =>
    selector === ':host' ? `:host([data-theme=${mode}])` : `:root[data-theme=${mode}]`
  return [
    `${selector}{color-scheme:light;${measures()};${colours(LIGHT)}}`,
    `@media(prefers-color-scheme:dark){${selector}{color-scheme:dark;${colours(DARK)}}}`,
    `${on('light')}{color-scheme:light;${colours(LIGHT)}}`,
    `${on('dark')}{color-scheme:dark;${colours(DARK)}}`,
    `@media(prefers-reduced-motion:reduce){${selector}{--sw-motion:0ms}}`,
  ].join('')
}
