/**
 * Words that carry little of a question's subject. In a knowledge base of a hundred entries their
 * rarity is an accident, so each is treated as if a share `COMMON` of many more documents had it.
 * After folding; single characters and pairs are what the tokenizer yields.
 */
const SCAFFOLD =
  '怎么 怎么办 什么 为什么 什么时候 多少 多久 哪里 谁 要不要 能不能 算不算 有没有 是不是 我们 你们 他们 ' +
  '我的 这个 那个 一个 这种 那种 请问 咨询 想问 问下 一下 您好 你好 老师 领导 公司 企业 单位 厂里 厂子 ' +
  '工厂 现在 目前 已经 可以 需要 应该 必须 如果 还是 或者 以及 但是 因为 所以 关于 对于 这样 那样 时候 ' +
  '情况 问题 东西 事情 知道 觉得 想要 打算 准备 手续 办理 要求 规定 政策 有关 相关 属于 进行 就是 不是 ' +
  '没办 还要 还能 还用 会不 不会 会吗 要吗 行吗 吗 呢 吧 的 了 在 和 与 及 或 是 有 要 能 会 可 不 没 就 ' +
  '都 也 还 又 再 才 被 把 给 对 从 到 去 来 上 下 里 个 这 那 我 你 他 您 们 啊 着 过 得 地 之 为 以 用 做 ' +
  '办 弄 搞 想 问 说 看 吗 怎 么 什 多 少 久 哪 谁 几 很 太 最 更 一 些 点 自己 谢谢 麻烦 帮忙 帮我 吗'

const COMMON = 0.3
const share = new Map<string, number>()
for (const word of SCAFFOLD.split(' ')) {
  share.set(word, COMMON)
  // The pairs inside a longer scaffold word are scaffold too.
  for (let i = 0; i + 2 <= word.length; i++) {
    if (word.length > 2) share.set(word.slice(i, i + 2), COMMON)
  }
}

/** The share of ordinary documents that would hold this unit, 0 for a word with a subject. */
export const backgroundShare = (unit: string): number => share.get(unit) ?? 0

const SUBJECTS =
  '环评 排污证 排污登记 登记表 报告书 报告表 危废 一般固废 固废 废水 污水 雨水 中水 废气 vocs 噪声 扬尘 油烟 异味 辐射 ' +
  '放射 射线 基站 土壤 地下水 碳 ccer 光伏 锅炉 验收 台账 联单 在线监测 自行监测 监测 检测 应急预案 复议 起诉 听证 告知书 ' +
  '罚款 分期 查封 封条 检查 信用 道歉 环保税 所得税 增值税 水资源税 补贴 清洁生产 绩效 重污染 搬迁 拆除 拆 排污口 排口 ' +
  '活性炭 喷漆 水性漆 涂料 辅料 法人 股东 改名 名称 豁免 未批先建 补办 时效 赔偿 举报 信息公开 公示 披露 标准 保险 环保管家 ' +
  '第三方 限产 停产 按日 裁量 首违不罚 轻微 从轻 减轻 执行报告 季报 月报 年报 有效期 延续 变更 注销 回执 推荐 夜间 施工 ' +
  '餐饮 火锅 饭店 围挡 堆场 防渗 贮存 转移 跨省 外省 利用 处置 委托 台涨 体检 帮扶 扫码 园区 法典 废止 后评价 公众 承诺'
const SUBJECT = new RegExp(
  [...new Set(SUBJECTS.split(' '))].sort((a, b) => b.length - a.length).join('|'),
  'g',
)

/** What a folded text is about, as far as this bureau has a word for it. */
export const subjectsOf = (text: string): Set<string> => new Set(text.match(SUBJECT) ?? [])

// 要不要, 罚不罚: asking, not denying. 不服, 无证, 首违不罚 name their subject and deny nothing.
const NOT_DENYING =
  /([\p{Script=Han}])[不没]\1|有没有|首违不罚|不服|不达标|不正常|不合格|无组织|无证|不动产|不一样|不同/gu
const DENYING = /不|没|未|无|拒|免|取消|除外|别/

/** Does the folded text deny something? */
export const denies = (text: string): boolean => DENYING.test(text.replace(NOT_DENYING, ''))

const DIGITS = new Map([...'零一二三四五六七八九十'].map((sign, n) => [sign, String(n)] as const))
DIGITS.set('两', '2')
const COUNTED =
  /(\d+(?:\.\d+)?|[一二两三四五六七八九十])(?=个?(?:年|月|天|日|小时|周|次|倍|万|吨|米|兆|千|元|%|级|类|条|台|家))/g
const PLAIN = /\d+(?:\.\d+)?/g

/** Numbers that a folded text counts with, in digits. */
export function numbersOf(text: string): Set<string> {
  const found = new Set(text.match(PLAIN) ?? [])
  for (const [, number] of text.matchAll(COUNTED)) found.add(DIGITS.get(number!) ?? number!)
  return found
}

/** What kind of thing is asked for; near-duplicate questions differ in nothing else. */
const ASPECTS: readonly RegExp[] = [
  /怎么(?!回事)|如何|方法|流程|步骤|办法|手续/,
  /为什么|怎么回事|原因|缘故/,
  /什么时候|日期|截止|时间|期限/,
  /多久|多长|几天|几年|几个月/,
  /多少|费用|价格|收费|贵|几元|罚款/,
  /哪里|在哪|去哪|地方|地址|窗口/,
  /谁|哪个部门|找哪/,
  /能不能|可以|能否|行不行|会不会|能.*吗|会.*吗/,
  /要不要|需要|必须|得.*吗|要.*吗/,
  /算不算|是不是|属于|是否|是.*吗/,
  /有没有|有.*吗/,
  /什么意思|含义|定义|什么叫|是什么/,
  /区别|不同|哪个好|比较/,
  /材料|资料|证件/,
  /后果|影响|危害|副作用|处罚/,
  /好不好|怎么样|好吗|效果/,
  /症状|表现|特征/,
  /治疗|吃什么|用什么/,
]

/** A bit for each kind that the folded text asks for. */
export function aspectsOf(text: string): number {
  let bits = 0
  ASPECTS.forEach((aspect, i) => {
    if (aspect.test(text)) bits |= 1 << i
  })
  return bits
}
