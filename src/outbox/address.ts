const MAX = 2_048

/**
 * Where a webhook may go, by its form; null where it may not. What its name stands for is checked
 * when it is connected to.
 */
export function targetUrl(text: string, { allowPrivate }: { allowPrivate: boolean }): URL | null {
  if (text.length > MAX || !URL.canParse(text)) return null
  const url = new URL(text)
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && allowPrivate)
  if (!isWeb || url.username !== '' || url.password !== '' || url.hash !== '') return null
  return url
}

/** An address for lists: its query may be a secret. */
export function shownUrl(text: string): string {
  const { origin, pathname, search } = new URL(text)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}
