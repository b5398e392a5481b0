import type { GateRule } from './gate.ts'
import { near, words } from './gate-words.ts'

/** Texts that are meant for a person, or need one's protection: all of them escalate. */

const COMPLAINT = '您反映的情况已记下，我替您转给人核实，会告诉您谁受理、几点前回复。'
const SECRET = '举报人的信息依法保密，谁都不能告诉您。您对处理本身有疑问的，我替您转给人。'
const ASKED = '好的，我替您转给人，会告诉您谁受理、几点前回复。'

const OTHERS =
  '某 隔壁 有人 有家 有个厂 那家 他们 别人 同行 附近 旁边 对面 村里 邻村 上游 楼上 一家 这家 对门 ' +
  '[^ ]{2,8}(?:公司|集团|化工|化工厂|砖厂|养殖场|猪场|石材厂)'
const COVERT =
  '偷排 偷埋 埋了 埋在 私埋 乱埋 偷倒 偷偷倒 倾倒 乱倒 暗管 渗坑 渗井 偷偷排 半夜排 夜里排 晚上排 直排河 ' +
  '乱排 非法处置 偷运 偷烧 埋危废 埋固废 埋废 往.{0,4}[灌倒排]废 直接排 直接放河 放河里 倒厕所 倒下水道 倒河里 排河里 偷改.{0,4}数据 倒了?(?:好多|很多|几|一)?[桶车吨]'
/** Asking what the law says of it, or what to do about it, is not reporting it. */
const ABOUT_LAW =
  '怎么认定 算不算 罚多少 罚几 怎么罚 会怎样 什么罪 打什么电话 怎么举报 如何举报 哪里举报 去哪举报 向谁 找谁 ' +
  '咋办 怎么办 怎么管 谁管 法律 法典 条例 规定 拘留 坐牢 判刑 被抓 举报我 冤枉 被人'

const OFFICIALS =
  '执法 这帮人 那帮人 你们 工作人员 办事员 检查 窗口 科长 队长 干部 领导 来的人 环保局 大队 中队 客服 协管'

export const PERSON_RULES: readonly GateRule[] = [
  {
    id: 'asked-person',
    reason: 'asked',
    act: 'escalate',
    why: 'Whoever wants a person gets one, without arguing.',
    any: [
      /^(?:我|请|帮我|给我|麻烦)?(?:要|想|想要|转|找|接|呼叫|联系)?(?:转|找|接)?(?:人工|真人|活人)(?:人工|客服|服务|坐席|回复|咨询|处理|解答)*$/u,
      words('转人工 转接人工 找人工 要人工$ 人工客服 人工服务 人工坐席 换人工 找真人 接人工$'),
      near(
        '给我 帮我 要求 能不能 请 我要 麻烦 快',
        2,
        '换个?人(?!证) 换一个人 找个?人来?[说问谈答聊跟和]',
      ),
      near(
        '找 叫 要 喊 让 请 换',
        2,
        '个 一个 位 你们',
        4,
        '领导 负责人 工作人员 办事员 值班 科长 局长 专家 懂的 懂行的 管事的 专人 老师',
        2,
        '来 说 谈 聊 问 回 接 答 跟',
      ),
      near('找 叫 换', '个 一个', 2, '人来? 懂的 懂行的 管事的', 0, '跟 和 来 说 谈 聊 答 处理'),
      near('跟 和 与', '人 真人 活人', '聊 说 谈 讲 对话'),
      words('有没有活人 有没有真人 有没有人工 有活人[吗没] 有真人[吗没] 有人工[吗没]'),
      near('跟 和', '机器 机器人', 2, '说不清 没法说 讲不清'),
      near('转 转接 请转', '接?值班 接?专员 接?负责人 接?科室'),
      near('要 找', '真人 活人'),
      near('打电话 电话里', '说 聊 讲 沟通', '吗 行 可以 不 $'),
      near('不想 不要 别 不跟', 2, '跟 和 用', '机器 机器人'),
      words('接线员 话务员 坐席$ 人在吗 有人接 值班的人'),
    ],
    not: [words('人工湿地 人工监测 人工采样 人工费 有人说')],
    text: ASKED,
  },
  {
    id: 'asked-again',
    reason: 'asked',
    act: 'escalate',
    why: 'A second question about an answer already given: the machine has had its turn.',
    any: [
      near('答案 回答 答复', 2, '有问题 有误 不准 错了 不对'),
      near('上次 上回 之前', 4, '答 说 回', 8, '不一样 不一致 矛盾'),
      near('不同意 不认可 不接受 不服', 2, '你们?', 4, '答 回复 说法 解释'),
      near('答非所问 没回答 没解决 说了半天 听不懂人话 答得不对 回答不对 回答错 说得不对 没看懂我'),
      near('答 回答 答复 回复 讲 说', '得 的', 4, '不对 错 不准 没用 什么 啥'),
      near('你们? 上次 上回', 4, '答复 回复 说的', 4, '不是这样 不是这么 不一样 不一致'),
      near(
        '机器人 你们 客服 刚才 上次 之前 昨天',
        6,
        '说 答 回复 告诉',
        30,
        '负责 被罚 不一样 矛盾 怎么又 又说 又要 前后',
      ),
    ],
    text: ASKED,
  },
  {
    id: 'whistle-who',
    reason: 'secret',
    act: 'escalate',
    why: 'Who reported is protected (法典 146): refused, and a person sees that it was asked.',
    any: [
      near('谁 哪个 哪家 什么人 何人', 4, '举报 投诉 告发 点的 告', 2, '的 我 俺'),
      near('举报 投诉', '信 材料 电话', 2, '是', 8, '的[吗不]? 谁 写 打'),
      near('投诉 举报', '我们? 俺 咱', 1, '的', 8, '几楼 哪户 谁 住'),
      words('谁告的密 谁告密 谁告的状 谁点的 哪个告的 告密的'),
      near('举报 投诉 告发', '我 我们 俺', 2, '的', 3, '是 人 谁 哪'),
      near(
        '举报人 投诉人 举报者 举报的人 投诉的人',
        4,
        '是谁 信息 名字 姓名 电话 身份 是不是 是哪 叫什么',
      ),
      near('是不是', 8, '举报的 投诉的 告的状'),
      near('被谁', 2, '举报 投诉 告'),
    ],
    not: [words('向谁 找谁 打给谁 跟谁 谁都 谁来管 谁受理 举报给 保密 谁可以')],
    text: SECRET,
  },
  {
    id: 'whistle-insider',
    reason: 'complaint',
    act: 'escalate',
    why: 'An insider who asks not to be named must be protected by a person, not by a template.',
    any: [
      near(
        '别 不要 千万别 不能 请勿',
        2,
        '说 透露 告诉 暴露 泄露 讲 提 写',
        6,
        '是我 我的?名 我的?身份 我的?信息 我讲的 我说的 我报的',
      ),
      near('替我 给我 帮我 请 求 要求', '保密 匿名 保护'),
      near('我 本人', 1, '内部员工 是内部'),
      near(
        '我是 我在 本人是 作为',
        8,
        '员工 工人 职工 内部 打工 上班',
        20,
        `${COVERT} 灌 烧 造假 倒`,
      ),
      near(COVERT, 20, '我是', 6, '员工 工人 职工 内部'),
    ],
    text: COMPLAINT,
  },
  {
    id: 'complaint-covert',
    reason: 'complaint',
    act: 'escalate',
    why: 'Somebody reports hidden dumping by somebody else: traces vanish, a person must see it.',
    any: [near(OTHERS, 12, COVERT), near('举报 投诉 反映 检举', 20, COVERT)],
    not: [words(ABOUT_LAW), /(?:我们厂|我厂|我司|我们公司|自己|我们)(?!这|村|小区|附近|隔壁|那)/u],
    text: COMPLAINT,
  },
  {
    id: 'complaint-officials',
    reason: 'complaint',
    act: 'escalate',
    why: 'A complaint about the bureau, or about somebody who pretends to be it.',
    any: [
      near(
        OFFICIALS,
        12,
        '很凶 太凶 特别凶 推销 指定.{0,6}(?:找|买|用).{0,6}(?:公司|设备|家) 效率太?[低差] 态度[^ ]{0,3}[差恶凶坏横] 态度不好 骂人 打人 动手打 吃拿卡要 刁难 勒索 敲诈 耍官威 吼 乱罚 欺负 威胁 不讲理 敷衍 不理人 挂电话 拍桌子 拖着不办 收.{0,6}钱 假证',
      ),
      words('假证.{0,4}检查 假执法 假的执法 冒牌'),
      near('冒充 假冒 假装 自称 打着', 8, '环保 执法 局 督察 检查'),
      near(
        '收 要 索要 索取 暗示',
        6,
        '烟(?!气|囱|尘|道) 酒 红包 好处费 回扣 茶水费 办证费 保护费 感谢费 请吃饭 请客 送礼',
      ),
      near('打着', 2, '你们 环保 局', 2, '旗号 名义 牌子'),
      near('你们 科室 窗口 局里 打了', 6, '电话', 4, '没人接 打不通 一直占线'),
      near('我要 我想', '投诉$'),
      near('投诉', 3, '你们 执法 工作人员 环保局 局里 科室? 大队 窗口 机器人 客服'),
      near(
        '你们 环保局 执法队 局里 科室 窗口',
        8,
        '不作为 乱作为 推诿 踢皮球 偏袒 包庇 乱收费 选择性执法 卡我们 收黑钱 徇私 乱罚款 没人管 不管事 吃回扣',
      ),
    ],
    not: [
      words(
        '规定 能不能拒 可以拒 怎么算 罚款吗 现金 合法 行政不作为.{0,6}(?:复议|起诉) 从重 算不算',
      ),
    ],
    text: COMPLAINT,
  },
]
