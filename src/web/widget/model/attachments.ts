import { addSheet } from '../../shared/sheet.ts'
import type { Wording } from '../../shared/wording/index.ts'
import type { Outgoing, OutgoingFile } from './outgoing.ts'
import type { State } from './state.ts'

export type Files = typeof import('../files/index.ts')

interface AttachmentsOptions {
  root: ShadowRoot
  words: Wording
  state(): State
  set(change: Partial<State>): void
}

/** Files chosen for the next words, and the chunk about files, fetched with the first of them. */
export class Attachments {
  readonly #options: AttachmentsOptions
  #loading: Promise<Files> | undefined

  constructor(options: AttachmentsOptions) {
    this.#options = options
  }

  /** Once; asked for again where it did not come. */
  load(): Promise<Files> {
    this.#loading ??= import('../files/index.ts').then(
      (files) => {
        addSheet(this.#options.root, files.css)
        this.#options.set({ files })
        return files
      },
      (error: unknown) => {
        this.#loading = undefined
        throw error
      },
    )
    return this.#loading
  }

  /** Files are to be shown. */
  need(): void {
    void this.load().catch(() => {})
  }

  async pick(place: string, chosen: readonly File[]): Promise<void> {
    const { state, set, words } = this.#options
    set({ trouble: undefined })
    try {
      const { pick } = await this.load()
      const { files, trouble } = await pick(chosen, state().picked[place]?.length ?? 0)
      this.#change(place, (before) => [...before, ...files])
      if (trouble) set({ trouble: words.widget[trouble] })
    } catch {
      set({ trouble: words.widget.notLoaded })
    }
  }

  unpick(place: string, key: string): void {
    this.#change(place, (files) => files.filter((file) => file.key !== key))
  }

  /** They go with the words that are sent now. */
  take(place: string): Pick<Outgoing, 'files'> {
    const files = this.#options.state().picked[place]
    if (!files) return {}
    this.#change(place, () => [])
    return { files }
  }

  #change(
    place: string,
    change: (files: readonly OutgoingFile[]) => readonly OutgoingFile[],
  ): void {
    const { [place]: before = [], ...others } = this.#options.state().picked
    const after = change(before)
    this.#options.set({ picked: after.length > 0 ? { ...others, [place]: after } : others })
  }
}
