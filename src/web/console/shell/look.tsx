import { App, ConfigProvider, type ThemeConfig, theme } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { DARK, FONT, LIGHT, type Palette, RADIUS, SIZES, themeCss } from '../../shared/theme.ts'
import { useMedia } from './use-media.ts'

/** Our tokens as custom properties, for our own style sheets. */
function install(css: string): void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.prepend(style)
}
install(themeCss(':root'))

const CONTROL_HEIGHT = 36

/** antd's dark algorithm would dim our primary, so it is put back. */
function algorithmOf(colours: Palette, dark: boolean): NonNullable<ThemeConfig['algorithm']> {
  return (seed, map) => ({
    ...(dark ? theme.darkAlgorithm : theme.defaultAlgorithm)(seed, map),
    colorPrimary: colours.primary,
    colorError: colours.late,
    colorWarning: colours.soon,
    colorSuccess: colours.ok,
  })
}

const coloursOf = (colours: Palette, dark: boolean): ThemeConfig['token'] => ({
  colorPrimary: colours.primary,
  colorPrimaryHover: colours.primaryStrong,
  colorPrimaryActive: colours.primaryStrong,
  colorLink: colours.link,
  colorLinkHover: colours.link,
  colorInfo: colours.primary,
  colorText: colours.ink,
  colorTextSecondary: colours.muted,
  colorTextTertiary: colours.muted,
  colorTextDescription: colours.muted,
  colorTextPlaceholder: colours.muted,
  colorBgBase: colours.paper,
  colorBgContainer: colours.paper,
  colorBgElevated: dark ? colours.raised : colours.paper,
  colorBgLayout: colours.raised,
  colorBorder: colours.edge,
  colorBorderSecondary: colours.line,
  colorSplit: colours.line,
  controlItemBgHover: colours.machine,
  controlItemBgActive: colours.machine,
  controlItemBgActiveHover: colours.machine,
})

const componentsOf = (colours: Palette, dark: boolean): ThemeConfig['components'] => ({
  Segmented: {
    trackBg: dark ? colours.raised : colours.machine,
    itemSelectedBg: dark ? colours.machineEdge : colours.paper,
    itemSelectedColor: colours.ink,
    itemColor: colours.muted,
  },
  Tabs: { horizontalItemGutter: 16 },
  Button: {
    primaryColor: colours.onPrimary,
    dangerColor: colours.onLate,
    primaryShadow: 'none',
    defaultShadow: 'none',
    dangerShadow: 'none',
  },
})

/** antd's theme from our tokens. */
const themeOf = (colours: Palette, dark: boolean, still: boolean): ThemeConfig => ({
  algorithm: algorithmOf(colours, dark),
  hashed: false,
  components: componentsOf(colours, dark) ?? {},
  token: {
    ...coloursOf(colours, dark),
    fontFamily: FONT,
    fontSize: SIZES.sm,
    lineHeight: 1.6,
    borderRadius: RADIUS,
    controlHeight: CONTROL_HEIGHT,
    motion: !still,
    motionDurationFast: '0.08s',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
})

/** Light or dark as the system prefers, Chinese, still where reduced motion is asked for. */
export function Look({ children }: { children: ReactNode }) {
  const dark = useMedia('(prefers-color-scheme: dark)')
  const still = useMedia('(prefers-reduced-motion: reduce)')
  return (
    <ConfigProvider
      locale={zhCN}
      theme={themeOf(dark ? DARK : LIGHT, dark, still)}
      button={{ autoInsertSpace: false }}
    >
      <App className="app" message={{ maxCount: 3, duration: 4 }}>
        {children}
      </App>
    </ConfigProvider>
  )
}
