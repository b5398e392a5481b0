/** What waits to be sent, in this browser; every call ends, whatever the browser refuses. */
export interface Store<T> {
  all(): Promise<T[]>
  put(id: string, thing: T): Promise<void>
  remove(id: string): Promise<void>
}

const DATABASE = 'shouwen'
const SHELF = 'outbox'

/**
 * One person's things in IndexedDB, which holds files too. Where there is none (private mode, a
 * full disk) they live as long as the page.
 */
export function personalStore<T>(who: string): Store<T> {
  const key = (id: string) => `${who}\n${id}`
  let opened: Promise<IDBDatabase> | undefined
  const use = async <R>(run: (shelf: IDBObjectStore) => IDBRequest<R>): Promise<R | undefined> => {
    try {
      opened ??= open()
      const done = (await opened).transaction(SHELF, 'readwrite')
      const asked = run(done.objectStore(SHELF))
      return await new Promise<R>((yes, no) => {
        // At the end of the transaction, not of the request: only then is it on disk.
        done.oncomplete = () => yes(asked.result)
        done.onabort = () => no(done.error)
      })
    } catch {
      return undefined
    }
  }
  return {
    all: async () =>
      ((await use((shelf) => shelf.getAll(IDBKeyRange.bound(key(''), key('\uffff'))))) ??
        []) as T[],
    put: async (id, thing) => {
      await use((shelf) => shelf.put(thing, key(id)))
    },
    remove: async (id) => {
      await use((shelf) => shelf.delete(key(id)))
    },
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((yes, no) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF)
    request.onsuccess = () => yes(request.result)
    request.onerror = () => no(request.error)
  })
}
