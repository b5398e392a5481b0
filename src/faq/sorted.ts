interface Keyed {
  key: string
  text: string
}

/** More than these are sorted together rather than put in one by one. */
const MANY = 64

/** By plain code units, the same in every runtime. */
const compare = (a: Keyed, b: Keyed) => {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  if (a.text === b.text) return 0
  return a.text < b.text ? -1 : 1
}

/** Rows in the order of their keys, so that those that begin alike stand together. */
export function createSorted<Row extends Keyed>() {
  let rows: Row[] = []
  let fresh: Row[] = []

  /** The first row that is not before this one. */
  function place(row: Keyed): number {
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(rows[middle]!, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
  function settle() {
    if (fresh.length > MANY) rows = rows.concat(fresh).sort(compare)
    else for (const row of fresh) rows.splice(place(row), 0, row)
    fresh = []
  }
  return {
    add(row: Row) {
      fresh.push(row)
    },
    /** Takes out one row of the same key and text. */
    remove(row: Keyed) {
      settle()
      const at = place(row)
      if (rows[at]?.key === row.key && rows[at].text === row.text) rows.splice(at, 1)
    },
    /** Rows whose keys begin so, in their order. */
    *beginning(text: string): Generator<Row> {
      settle()
      for (let at = place({ key: text, text: '' }); rows[at]?.key.startsWith(text); at++) {
        yield rows[at]!
      }
    },
  }
}
