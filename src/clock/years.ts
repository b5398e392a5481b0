import type { WorkingCalendar } from './calendar.ts'

/**
 * What ships: the State Council's notices for 2025 and 2026 (policy-facts.md, ch-workday) and
 * common office hours. A year that is not here has no due times until an admin imports it.
 */
export const CALENDAR: WorkingCalendar = {
  id: 'cn',
  version: 'cn-2026.1',
  zone: 'Asia/Shanghai',
  week: [1, 2, 3, 4, 5],
  periods: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '17:30' },
  ],
  years: {
    '2025': {
      notice: '国办发明电〔2024〕12号',
      holidays: [
        '2025-01-01',
        { from: '2025-01-28', to: '2025-02-04' },
        { from: '2025-04-04', to: '2025-04-06' },
        { from: '2025-05-01', to: '2025-05-05' },
        { from: '2025-05-31', to: '2025-06-02' },
        { from: '2025-10-01', to: '2025-10-08' },
      ],
      workdays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    },
    '2026': {
      notice: '国办发明电〔2025〕7号',
      holidays: [
        { from: '2026-01-01', to: '2026-01-03' },
        { from: '2026-02-15', to: '2026-02-23' },
        { from: '2026-04-04', to: '2026-04-06' },
        { from: '2026-05-01', to: '2026-05-05' },
        { from: '2026-06-19', to: '2026-06-21' },
        { from: '2026-09-25', to: '2026-09-27' },
        { from: '2026-10-01', to: '2026-10-07' },
      ],
      workdays: [
        '2026-01-04',
        '2026-02-14',
        '2026-02-28',
        '2026-05-09',
        '2026-09-20',
        '2026-10-10',
      ],
    },
  },
}
