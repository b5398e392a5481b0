/** The colours that the launcher needs before anything else is loaded; `theme.ts` has the rest. */
export const BRAND_LIGHT = {
  paper: '#FFFFFF',
  primary: '#0B6B5D',
  primaryStrong: '#084F45',
  onPrimary: '#FFFFFF',
  late: '#B3261E',
  onLate: '#FFFFFF',
  shadow: 'rgb(16 42 40 / 18%)',
}

export const BRAND_DARK: typeof BRAND_LIGHT = {
  paper: '#12191B',
  primary: '#4FC3AE',
  primaryStrong: '#7AD9C8',
  onPrimary: '#06231E',
  late: '#FF8A80',
  onLate: '#38070A',
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

export type Colours = Readonly<Record<string, string>>
export type Root = ':host' | ':root'

const kebab = (name: string) => name.replace(/[A-Z]/g, (upper) => `-${upper.toLowerCase()}`)

function measures(): string {
  const sizes = Object.entries(SIZES).map(([n, px]) => `--sw-${n}:calc(${px}px*var(--sw-scale,1))`)
  const spaces = [1, 2, 3, 4, 5, 6, 8].map((n) => `--sw-s${n}:${n * SPACE_STEP}px`)
  return [
    ...sizes,
    ...spaces,
    `--sw-font:${FONT}`,
    `--sw-radius:${RADIUS}px`,
    `--sw-touch:${TOUCH}px`,
    `--sw-motion:${MOTION_MS}ms`,
  ].join(';')
}

/**
 * Colours and measures as custom properties on `root` (`:host` in a shadow root, `:root` on a
 * page). `data-theme="light|dark"` on that element overrules what the system prefers.
 */
export function propertiesCss(root: Root, light: Colours, dark: Colours): string {
  const inMode = (mode: string, colours: Colours) => {
    const list = Object.entries(colours).map(([name, value]) => `--sw-${kebab(name)}:${value}`)
    // The scheme as a property too: the widget's host resets all that is not one.
    return `color-scheme:${mode};--sw-scheme:${mode};${list.join(';')}`
  }
  const on = (mode: string) =>
    root === ':host' ? `:host([data-theme=${mode}])` : `:root[data-theme=${mode}]`
  return [
    `${root}{${measures()};${inMode('light', light)}}`,
    `@media(prefers-color-scheme:dark){${root}{${inMode('dark', dark)}}}`,
    `${on('light')}{${inMode('light', light)}}`,
    `${on('dark')}{${inMode('dark', dark)}}`,
    `@media(prefers-reduced-motion:reduce){${root}{--sw-motion:0ms}}`,
  ].join('')
}
