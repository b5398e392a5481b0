/**
 * Every Chinese text of the widget and the demo page, and the words for the protocol's closed
 * lists. `en.ts` has the same shape, or the build fails.
 */
import type { RefusalCode } from '../../../protocol/refusals.ts'
import type { Outcome, PauseGround, Reason, ThreadState } from '../../../protocol/vocabulary.ts'
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

export const grounds: Record<PauseGround, string> = {
  materials: '等您补充材料',
  survey: '现场踏勘',
  'expert-review': '专家评审',
  'other-department': '等其他部门答复',
  'force-majeure': '不可抗力',
}

/** Why the machine does not answer, said before where the thread goes. */
export const reasons: Record<Reason, string> = {
  asked: '',
  'no-match': '知识库里没有能直接引用的答复，机器不乱猜。',
  unsure: '机器拿不准，不给您模棱两可的答复。',
  case: '这是您单位的个案，机器不下结论。',
  legal: '这涉及处罚或法律责任，机器不下结论。',
  emergency: '',
  complaint: '您反映的情况要由人来处理。',
  'other-department': '这件事要由其他部门办理。',
  secret: '这可能涉及保密内容，机器不处理。',
  chat: '',
  abuse: '',
}

const desk = (name?: string) => (name ? `（${name}）` : '')

export const widget = {
  title: '生态环境咨询',
  subtitle: '24 小时在线 · 首问负责',
  close: '收起咨询窗口',
  back: '返回',
  mine: '我的咨询',
  newOne: '问新问题',
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
  machine: '机器解答',
  machineNote: '供参考，以书面意见为准。',
  basis: (n: number) => `依据 ${n} 项`,
  basisInForce: (date: string) => `${date} 起施行`,
  basisStatus: { current: '', trial: '试行', history: '历史依据', repealed: '已废止' },
  helpful: '有用',
  notHelpful: '没用',
  thanks: '已记下，谢谢。',
  copy: '复制',
  copied: '已复制',
  copyFailed: '浏览器不让复制，请长按文字选取。',
  toHuman: '没解决？转人工',
  askHuman: '转人工',
  unsure: '您问的可能是下面哪一种？都不是的话，我帮您转人工。',
  noneOfThese: '都不是，转人工',
  copyWords: '复制我说过的话',
  escalated: (to?: string) => (to ? `已转${to}，请人看。` : '已转给人工处理。'),
  escalatedSub: '可以关掉页面，回来能接着看。',
  withdraw: '不用了，撤回',
  withdrawSure: '确定撤回这件咨询吗？',
  yes: '确定',
  no: '再想想',
  emergencyTitle: '先保证人员安全',
  call: (number: string) => `拨打 ${number}`,
  emergencyNumbers: [
    ['119', '火警'],
    ['120', '急救'],
    ['110', '报警'],
  ] as [number: string, what: string][],
  claimedFirst: (who: string, at?: string) =>
    `${who}${desk(at)}已受理，是您这件事的首问责任人，会跟到办结。`,
  claimedAgain: (who: string, at?: string) => `${who}${desk(at)}接着承办这件咨询。`,
  handedOver: (who: string, at: string | undefined, first?: string) =>
    `这件事已转给${who}${desk(at)}${first ? `，${first}继续跟踪` : ''}。`,
  routed: (to: string) => `已转到${to}，时限照算。`,
  released: '承办人有变动，已回到队列，会有人接着办。',
  paused: (why: string) => `计时中止：${why}。`,
  resumed: '计时恢复。',
  late: (before: string) => `我们没能在承诺的 ${before}回复，抱歉。已报科室负责人。`,
  lateOther: (before: string) => `我们没能在承诺的 ${before}办好，抱歉。已报科室负责人。`,
  reminded: '您已催办。',
  calledBack: '回访',
  opinion: '会办意见',
  correctedMark: '已更正',
  correctedNote: (who: string) => `${who}更正了前面的一条答复。`,
  correctedWas: '原来的话',
  seeOriginal: '去看看',
  removed: '这条内容已按规定删除。',
  notice: '一次性告知单',
  noticeItems: '要带的材料',
  noticeSteps: '办理步骤',
  noticeWindow: '办理地点',
  noticeLimit: '办理时限',
  reopened: '您重新提出了这件咨询。',
  closed: (outcome: string) => `这件咨询已归档：${outcome}。`,
  resolved: '已办结',
  resolvedBy: (who: string) => `${who}办结`,
  rateAsk: '这次解决了吗？',
  grades: ['非常不满意', '不满意', '基本满意', '满意', '非常满意'],
  rateComment: '想说的话（可以不写）',
  rateBad: '哪里没办好？请告诉我们，会有人回访您。',
  rateSend: '提交评价',
  rated: (grade: string) => `您的评价：${grade}`,
  reopen: '没解决，重新咨询',
  reopenHint: '写下还没解决的地方，会回到原来的承办人手里。',
  askPlaceholder: '请直接说问题',
  sayPlaceholder: '继续说…',
  waitPlaceholder: '可以补充情况，承办人会一并看到',
  reopenPlaceholder: '还有什么没解决？',
  send: '发送',
  cancel: '取消',
  left: (n: number) => `还可以写 ${n} 字`,
  over: (n: number) => `超出 ${n} 字，请分开说`,
  suggestions: '是不是想问',
  suggestionsFound: (n: number) => `有 ${n} 条相近的问题，按向上键可以选。`,
  suggestionsHide: '不看相近问题',
  me: '我',
  colleague: (name: string) => `同事 ${name}`,
  sending: '发送中…',
  sent: '已发送',
  read: '已读',
  waitingToSend: '等网络恢复后发送',
  failed: '没发出去。点这里重发，内容不会丢。',
  discard: '不发了',
  typing: (who: string) => `${who}正在输入…`,
  thinking: '正在查找依据…',
  newBelow: '有新消息',
  offline: '网络断了。您写的话已存在本机，连上后自动发送。',
  connecting: '正在连接…',
  noToken: '没能确认您的登录，正在重试。请检查是否还登录着平台。',
  endedToken: '登录已过期。请刷新页面，重新登录平台后再来，您写的话还在。',
  endedPerson: '登录的人换了。请刷新页面，再接着问。',
  endedOther: '连接被拒绝了。请刷新页面再试；还不行，请联系平台客服。',
  reload: '刷新页面',
  loading: '正在打开…',
  listEmpty: '还没有咨询过。有问题直接问就行。',
  listFailed: '没能取到咨询列表。',
  retry: '再试一次',
  more: '更多',
  unread: '有新回复',
  statusWaiting: (before: string) => `等待受理 · ${before}首次回复`,
  statusHeld: (who: string, at?: string) => `${who}${desk(at)}办理中`,
  file: (name: string, size: string) => `${name}（${size}）`,
  fileFailed: '文件没能下载，请稍后再试。',
  today: '今天',
}

/** Refusals that a person in the widget can meet, said with a next step. */
export const refusals: Partial<Record<RefusalCode, string>> = {
  'wrong-state': '这件咨询的情况刚刚有变，现在不能这样做。',
  'too-fast': '发得太快了，请稍等几秒再试。',
  unavailable: '服务正忙，没有存上。请稍后重发。',
  'not-found': '没有找到这件咨询。',
  'too-large': '内容太长了，请分开说。',
}

export const demo = {
  hello: (person: string, enterprise: string) => `${person}，${enterprise}`,
  failed: '没能取到演示企业，请确认服务已经启动（演示模式）。',
}
