import type { GateRule } from './gate.ts'
import { near, words } from './gate-words.ts'

/** Texts that are meant for a person, or need one's protection: all of them escalate. */

const COMPLAINT = '您反映的情况已记下，我替您转给人核实，会告诉您谁受理、几点前回复。'
const SECRET = '举报人的信息依法保密，谁都不能告诉您。您对处理本身有疑问的，我替您转给人。'
const ASKED = '好的，我替您转给人，会告诉您谁受理、几点前回复。'

const OTHERS =
  '某 隔壁 有人 有家 有个厂 那家 他们 别人 同行 附近 旁边 对面 村里 邻村 上游 一家 这家 对门 ' +
  '[^ ]{2,8}(?:公司|集团|化工|化工厂|砖厂|养殖场|猪场|石材厂)'
const COVERT =
  '偷排 偷埋 埋了 埋在 私埋 乱埋 偷倒 偷偷倒 倾倒 乱倒 暗管 渗坑 渗井 偷偷排 半夜排 夜里排 晚上排 直排河 ' +
  '乱排 非法处置 偷运 偷烧 倒了?(?:好多|很多|几|一)?[桶车吨]'
/** Asking what the law says of it, or what to do about it, is not reporting it. */
const ABOUT_LAW =
  '怎么认定 算不算 罚多少 罚几 怎么罚 会怎样 什么罪 打什么电话 怎么举报 如何举报 哪里举报 去哪举报 向谁 找谁 ' +
  '咋办 怎么办 怎么管 谁管 法律 法典 条例 规定 拘留 坐牢 判刑 被抓 举报我 冤枉 被人'

const OFFICIALS =
  '执法 你们 工作人员 办事员 检查 窗口 科长 队长 干部 领导 来的人 环保局 大队 中队 客服 协管'

export const PERSON_RULES: readonly GateRule[] = [
  {
    id: 'asked-person',
    reason: 'asked',
    act: 'escalate',
    why: 'Whoever wants a person gets one, without arguing.',
    any: [
      /^(?:我|请|帮我|给我|麻烦)?(?:要|想|想要|转|找|接|呼叫|联系)?(?:转|找|接)?(?:人工|真人|活人)(?:人工|客服|服务|坐席|回复|咨询|处理|解答)*$/u,
      words('转人工 转接人工 找人工 要人工$ 人工客服 人工服务 人工坐席 换人工 找真人 接人工$'),
      near('给我 帮我 要求 能不能 请 我要 麻烦', 2, '换个?人(?!证) 换一个人 找个人来?[说问谈答聊]'),
      /(?:找|叫|要|喊)(?:你们)?(?:个|一个)?(?:领导|负责人|工作人员|办事员|值班的?|科长|局长)(?:来|说|谈|聊|问|回|接)/u,
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
      near('不同意 不认可 不接受 不服', 2, '你们?', 4, '答 回复 说法 解释'),
      near('答非所问 没回答 没解决 说了半天 听不懂人话 答得不对 回答不对 回答错 说得不对 没看懂我'),
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
      near('谁 哪个 哪家 什么人 何人', 4, '举报 投诉 告发 点的', 2, '的 我 俺'),
      near('举报人 投诉人 举报者', 4, '是谁 信息 名字 姓名 电话 身份 是不是 是哪 叫什么'),
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
        '说 透露 告诉 暴露 泄露',
        6,
        '是我 我的?名 我的?身份 我的?信息',
      ),
      near('我是 我在 本人是 作为', 8, '员工 工人 职工 内部 打工 上班', 20, COVERT),
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
        '态度[^ ]{0,3}[差恶凶坏横] 态度不好 骂人 打人 动手打 吃拿卡要 刁难 勒索 敲诈 耍官威 吼',
      ),
      near('冒充 假冒 假装 自称 打着', 8, '环保 执法 局 督察 检查'),
      near('收 要 索要 索取 暗示', 6, '红包 好处费 回扣 茶水费 办证费 保护费 感谢费 请吃饭 送礼'),
      near('投诉', 3, '你们 执法 工作人员 环保局 局里 科室? 大队 窗口 机器人 客服'),
      near(
        '你们 环保局 执法队 局里 科室 窗口',
        8,
        '不作为 乱作为 推诿 踢皮球 偏袒 包庇 乱收费 选择性执法 卡我们 收黑钱 徇私',
      ),
    ],
    not: [words('行政不作为.{0,6}(?:复议|起诉) 从重 算不算')],
    text: COMPLAINT,
  },
]
