/**
 * What the widget's first page and the demo page say in Chinese; the rest is in `zh-record.ts`.
 * `en.ts` has the same shape, or the build fails.
 */
import type { RefusalCode } from '../../../protocol/refusals.ts'
import type { Outcome, ThreadState } from '../../../protocol/vocabulary.ts'
import type { TimeWords } from '../time.ts'

export const time: TimeWords = {
  weekdays: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  yesterday: (clock) => `昨天 ${clock}`,
  date: (month, day, weekday, year) => `${year ? `${year}年` : ''}${month}月${day}日（${weekday}）`,
  moment: (date, clock) => `${date}${clock}`,
  before: (moment) => `${moment} 前`,
}

export const states: Record<ThreadState, string> = {
  answering: '机器解答',
  waiting: '等待受理',
  held: '办理中',
  resolved: '已办结',
  closed: '已归档',
}

export const outcomes: Record<Outcome, string> = {
  answered: '已解答',
  referred: '已告知办理部门',
  handled: '已办理',
  withdrawn: '已撤回',
}

const desk = (name?: string) => (name ? `（${name}）` : '')

export const widget = {
  title: '生态环境咨询',
  subtitle: '24 小时在线 · 首问负责',
  close: '收起咨询窗口',
  back: '返回',
  mine: '我的咨询',
  greeting: '您好，这里是市生态环境局咨询通道，24 小时在线。',
  greetingHint: '请直接说问题，比如：',
  examples: ['我们公司上中水回用系统有政策补贴吗？', '调换辅材需重新办理环评手续吗？'],
  ongoing: '正在办的咨询',
  how: [
    '先查现行法规依据，机器解答都会标明。',
    '机器答不了的转给科室的人，并告诉您最迟几点回复。',
    '第一位受理的人就是首问责任人，跟到办结。',
  ],
  privacy: '咨询内容不作为执法线索。',
  askPlaceholder: '请直接说问题',
  send: '发送',
  cancel: '取消',
  attach: '添加照片或文件',
  wrongType: '只能发图片、PDF、Word（docx）、Excel（xlsx）和 ZIP。',
  tooLarge: '单个文件不能超过 20 MB。',
  notLoaded: '没能打开文件功能，请稍后再试。',
  tooMany: '一次最多发 9 个文件，请分次发。',
  left: (n: number) => `还可以写 ${n} 字`,
  over: (n: number) => `超出 ${n} 字，请分开说`,
  suggestions: '是不是想问',
  suggestionsFound: (n: number) => `有 ${n} 条相近的问题，按向上键可以选。`,
  suggestionsHide: '不看相近问题',
  waitingToSend: '等网络恢复后发送',
  failed: '没发出去。点这里重发，内容不会丢。',
  offline: '网络断了。您写的话已存在本机，连上后自动发送。',
  connecting: '正在连接…',
  noToken: '没能确认您的登录，正在重试。请检查是否还登录着平台。',
  endedToken: '登录已过期。请刷新页面，重新登录平台后再来，您写的话还在。',
  endedPerson: '登录的人换了。请刷新页面，再接着问。',
  endedOther: '连接被拒绝了。请刷新页面再试；还不行，请联系平台客服。',
  reload: '刷新页面',
  loading: '正在打开…',
  unread: '有新回复',
  statusWaiting: (before: string) => `等待受理 · ${before}首次回复`,
  statusHeld: (who: string, at?: string) => `${who}${desk(at)}办理中`,
}

/** Refusals that a person in the widget can meet, said with a next step. */
export const refusals: Partial<Record<RefusalCode, string>> = {
  'wrong-state': '这件咨询的情况刚刚有变，现在不能这样做。',
  'too-fast': '发得太快了，请稍等几秒再试。',
  unavailable: '服务正忙，没有存上。请稍后重发。',
  'not-found': '没有找到这件咨询。',
  'too-large': '内容太长了，请分开说。',
  'unsupported-type': '这个文件不是能收的格式，请换一个再发。',
}

export const demo = {
  hello: (person: string, enterprise: string) => `${person}，${enterprise}`,
  told: { enterprise: '给企业', staff: '给科室' },
  failed: '没能取到演示企业，请确认服务已经启动（演示模式）。',
}
