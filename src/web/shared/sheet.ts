/**
 * Styles a shadow root without an inline `<style>`, which a strict content security policy would
 * refuse. Browsers without constructable sheets (Safari before 16.4) get the element after all.
 */
export function addSheet(root: ShadowRoot, css: string): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return
  }
  const style = document.createElement('style')
  style.textContent = css
  root.append(style)
}
