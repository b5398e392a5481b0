/** Strokes on a 24 px grid; words stand beside them or in the button's name, so they are silent. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M5 12h13M12 5l7 7-7 7',
  list: 'M4 6h16M4 12h16M4 18h10',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6',
  warn: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  phone:
    'M6.5 4h3l1.5 4-2 1.5a11 11 0 005.5 5.5l1.5-2 4 1.5v3c0 1.1-.9 2-2 2A14 14 0 014.5 6c0-1.1.9-2 2-2z',
  down: 'M12 5v14M6 13l6 6 6-6',
  chevron: 'M9 5l7 7-7 7',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  plus: 'M12 5v14M5 12h14',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  attach:
    'M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.4 3.4 0 014.8 4.8L10 17a1.7 1.7 0 01-2.4-2.4l7.4-7.4',
} as const

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
