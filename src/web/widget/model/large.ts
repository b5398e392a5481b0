import { attempt, browserStorage } from './drawer.ts'

const KEY = 'shouwen:large'

/** 大字版, a matter of the browser and not of the person. */
export const isLarge = (): boolean => attempt(() => browserStorage()?.getItem(KEY)) === '1'

export function setLarge(host: HTMLElement, large: boolean): void {
  host.toggleAttribute('data-large', large)
  attempt(() => {
    if (large) browserStorage()?.setItem(KEY, '1')
    else browserStorage()?.removeItem(KEY)
  })
}
