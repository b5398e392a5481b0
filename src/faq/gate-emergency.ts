import type { When } from './gate.ts'
import { LONG_GONE, near, oneOf, SUPPOSING, words } from './gate-words.ts'

/** What to do first; every card begins with the numbers. */
const CARDS = {
  incident:
    '119（火警、泄漏）/ 120（有人受伤、中毒）/ 110：请立刻打，先保证人员安全，人撤到上风向的安全地方。',
  radiation: '110 / 120：请立刻打。不要靠近、不要触碰、不要自己找，把人隔开，守住现场等专业人员。',
  person: '110 / 120：请立刻打，或者让身边的人马上陪着您。天大的事都可以慢慢商量。',
}

/** The whole card: numbers first, then the bureau's own duty, then what the machine has done. */
export const EMERGENCY_CARD = (first: string, dutyPhone?: string): string => {
  const duty = dutyPhone
    ? `再打本局 24 小时值班电话 ${dutyPhone}。`
    : '再打 12345（24 小时），说明是突发环境事件，请转生态环境局。'
  return `${first}${duty}您的话已标为紧急，排在所有人前面。`
}

const HAPPENED =
  '着火了 起火了 失火了 着了火 烧起来 烧着了 着起来 起大火 冒火 火苗 自燃 [罐桶槽管炉车间库].{0,2}着了 火灾了 火势 火(?:好|很|太|越来越)大 大火了 ' +
  '爆炸了 炸了 要爆(?!表) 快爆 鼓包 爆裂 爆管 刚爆炸 闪爆 爆燃 [管罐釜炉].{0,3}爆了 ' +
  '中毒了 有人中毒 熏倒 晕倒 昏倒 昏迷 喘不上气 喘不过气 吸入了 窒息 不省人事 有人晕 人.{0,3}受不了 人都跑出来 口吐白沫 晕过去 ' +
  '(?:人|工人|员工|大家|师傅).{0,4}(?:头晕|恶心|呕吐|呛倒|倒下) 呛死 呛倒 烧伤 灼伤 烫伤 烧坏 (?<!油)烟[好很太][大浓] 好大的?(?<!油)烟 掉进.{0,5}[池罐井坑槽] ' +
  '(?:着火|起火|爆炸|泄漏|泄露).{0,6}(?:119|120|110|消防队|消防车|救护车) (?:119|消防队|消防车)(?:打了|来了|到了) ' +
  '(?:刺鼻|呛人|毒).{0,4}(?:气体|气味|烟).{0,6}(?:冒|跑|出来|受不了|晕) ' +
  '[漏泄溢].{0,8}[流淌冲][到进入].{0,4}[河江湖溪库塘沟]里?了 泄漏事故了 发生(?:了泄漏|泄漏了|了火灾|火灾了|了爆炸) [泄跑]漏了一地'

const HOLDS_CHEMICALS =
  '罐 桶 槽 池 管 阀 釜 泵 塔 车 [酸碱氨氯油液气苯醇醛酮酯] 溶剂 化学品 危化品 危废 废水 污水 原料 物料 料'
const GETS_OUT =
  '漏了 泄漏了 泄露了 跑漏了 在漏 在泄漏 正漏 漏出 漏得 泄了 渗出来 跑出来 冒出来 喷出来 流出来了 溢出来了 溢了 ' +
  '侧翻 翻[了车到进沟] 打翻 漏了一 破了 破裂 炸裂 外溢 渗漏了 泼了 [罐桶槽车]倒了 洒了(?!水) 撒了 喷了[出一] 一直[漏流冒] 一直喷(?!漆|涂) 流了一 追尾 撞了 起跳了 裂了 崩了 垮了 塌了 决口 满出来了 [洒撒泼倒]了?一地 冒出.{0,4}烟 冒[黄白红棕]烟 往外[流冒喷漏溢涌] 往.{0,4}[流淌][了着]?$ 往河里[流淌灌排]'
const NOW =
  '快来 快点 赶快 快派 快救 救命 救人 正在 现在 刚刚 刚才 此刻 马上来 赶紧 紧急 十万火急 控制不住 止不住 ' +
  '压不住 堵不住 关不上 关不掉 还在[漏流烧冒喷] 一直在[漏流烧冒喷] 越来越 有人[晕倒昏伤困] 被困'

const EVENT =
  `(?:${oneOf(HAPPENED)}|${oneOf(HOLDS_CHEMICALS)}.{0,8}${oneOf(GETS_OUT)}|` +
  '着火|起火|爆炸|泄漏|泄露|中毒|毒气|冒(?:浓|大|白|黄)?烟)'
/** Into a river: for years, as a rule; an emergency only while it is seen to run. */
const INTO_WATER = '(?:[流排倒漏冲淌][进入到向](?:了)?.{0,6}[河江湖溪库塘渠]) 大量死鱼 死了好多鱼'
const RUNNING = '正在(?=[流排倒漏冲往]) 刚刚 刚才 快来 快派 赶快 止不住 一直在流 紧急'

const SOURCE =
  '放射源 放射性物质 辐射源 放射性源 射线源 密封源 钴源 铯源 铱源 源罐 探伤源 [γ伽]马?源'
const GONE =
  '丢了? 不见 找不[到着见] 没了 失踪 被偷 被盗 被撬 撬开 掉[了出进] 遗失 空了 失控 弄没 卡住 少了一'

/** Law, papers and money around an accident: a question for the FAQ, not a cry for help. */
const PAPERS =
  '预案 备案 罚 处罚 责任险 保险 理赔 赔偿 标准 规定 制度 检测仪 报警器 检漏 ldar 泄漏检测 泄漏率 风险评估 ' +
  '隐患 危险源 区分 定义 等级 催化剂'
/** What is left out of a list or a form does not leak. */
const NOT_A_LEAK = near(
  '数据 台账 台帐 记录 联单 报表 报告 申报 填 信息 月报 季报 年报 名单 指标 公式',
  4,
  '漏 泄露',
)
const HOUSEHOLD = words('自来水 雨水管 房子 屋顶 楼上 卫生间 厨房 马桶 电瓶车 彩票')
const REPORTING = words(
  '要不要 需要 是不是要 算不算 算[吗不] 怎么算 几小时 多久 多长时间 多少时间 内报 谁负责 找谁 打给谁 报给谁 向谁 怎么报',
  '怎么写 会怎样 怎么防 防止 预防 避免 如何 [吗么]$',
)

export type EmergencyRule = When & { id: string; text: string; why: string }

/** Order matters: the first that applies names the card. */
export const EMERGENCY_RULES: readonly EmergencyRule[] = [
  {
    id: 'emergency-radiation',
    why: 'A source that is gone endangers people who know nothing of it.',
    any: [near(SOURCE, 8, GONE)],
    not: [words(SUPPOSING, LONG_GONE, PAPERS)],
    text: CARDS.radiation,
  },
  {
    id: 'emergency-life',
    why: 'Somebody speaks of ending his life; whether he means it is not for a machine to judge.',
    any: [words('不想活 自杀 跳楼 喝农药 同归于尽 活不下去 寻死 死给你')],
    text: CARDS.person,
  },
  {
    id: 'emergency-now',
    why: 'Said to be going on this minute: papers and past dates in the same text do not matter.',
    any: [
      new RegExp(`${EVENT}.{0,30}${oneOf(NOW)}|${oneOf(NOW)}.{0,30}${EVENT}`, 'u'),
      near(INTO_WATER, 20, RUNNING),
      near(RUNNING, 20, INTO_WATER),
    ],
    not: [words(SUPPOSING), NOT_A_LEAK, HOUSEHOLD, words('预案 备案 催化剂 泄漏检测 规定 标准')],
    text: CARDS.incident,
  },
  {
    id: 'emergency-happened',
    why: 'Fire, explosion, poisoning or a spill that has happened and is not long past.',
    any: [words(HAPPENED), near(HOLDS_CHEMICALS, 6, GETS_OUT)],
    not: [words(SUPPOSING, LONG_GONE, PAPERS), NOT_A_LEAK, HOUSEHOLD],
    text: CARDS.incident,
  },
  {
    id: 'emergency-bare',
    why: 'Nothing but the event, as people in a hurry type it.',
    any: [/^.{0,12}(?:着火|起火|失火|爆炸|泄漏|泄露|中毒|毒气)[了啦咯勒]?(?: .{0,6})?$/u],
    not: [words(SUPPOSING, LONG_GONE, PAPERS), REPORTING, NOT_A_LEAK, HOUSEHOLD],
    text: CARDS.incident,
  },
  {
    id: 'emergency-english',
    why: 'The few words in which a foreign colleague would cry for help.',
    all: [
      words(
        'leak leaks leaking leaked spill spilled spilling explosion exploded explode on\\sfire burning poisoned unconscious',
      ),
      words('help now urgent emergency hurry injured hurt collapsed just\\shappened people\\sare'),
    ],
    not: [/\p{Script=Han}/u, words('plan permit report fine penalty how what when if case drill')],
    text: '119 (fire, leak) / 120 (injured) / 110: call at once, get everybody out and upwind. 请立刻打 119 / 120 / 110。',
  },
]

/** What the fitted model takes for an emergency although no pattern above sees it. */
export const LEARNED_EMERGENCY: EmergencyRule = {
  id: 'learned-emergency',
  why: 'Nobody in a hurry words it as a list foresees; fitted on labelled texts.',
  text: CARDS.incident,
}
