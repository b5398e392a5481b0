import type { GateRule } from './gate.ts'
import { near, words } from './gate-words.ts'

/** Reports of nuisance and requests for what must stay inside: fixed replies. */

const HOTLINE =
  '打 12345（24 小时人工），说“环境污染举报”，讲清时间、地点、单位和现象，记下工单号；12369 仍开通的地方也可以打。'
const NUISANCE =
  '这里是企业咨询通道，不受理举报，免得您的事没人查。请打 12345（24 小时），部门会到现场核实，并对您的信息保密。需要的话，可以把您刚才的话复制过去。'

const SOMEBODY =
  '某 隔壁 有人 有家 那家 他们 别人 附近 旁边 对面 楼下 楼上 村里 小区 对门 这家 工地 搅拌站 烧烤店 店 ' +
  '[^ ]{2,8}(?:公司|集团|厂|餐馆|饭店|养殖场|ktv|酒店|超市|市场)'
const NUISANCES = '噪音 噪声 吵 油烟 臭 异味 黑烟 冒烟 粉尘 灰尘 扬尘 污水 排污 污染 刺鼻 味道'
const SUFFERING =
  '往我家 飘到 扰民 睡不 没法睡 无法入睡 受不了 难闻 熏 没人管 严重 刺鼻 天天 每天 每晚 夜里 通宵 轰隆 太大 很大 好大 臭死 吵死 呛 到处 ' +
  '不管 无法休息 影响.{0,6}(?:生活|休息|健康)'
const FOUL =
  '臭得 臭死 发臭 黑臭 发黑 恶臭难闻 冒黑烟 排黑水 吵得 吵死 睡不着 打桩 味道好?大 难闻 没人管 太吵 刺鼻 灰好?大 熏人 熏死'
const OWN_PLANT = words(
  '我们厂 我厂 我司 我公司 我们公司 我们企业 我单位 我们单位 本公司 本厂 本单位 本企业 我店 自己厂 被投诉 被举报',
  '居民投诉 邻居投诉 我们是一家',
)
const LAW = words(
  '标准 罚多少 罚款 怎么罚 执行 要不要 能不能 多少 距离 谁管 谁来管 找谁 归谁 怎么办 咋办 咋整 要求 处罚 规定',
  '没超标 怎么算 有辐射 [吗不]$',
)

/** Between the plea and what is pleaded for. */
const GAP = '.{0,14}'

const INSIDE =
  'prompt 提示词 系统指令 系统设定 内部规则 源代码 源码 数据库 后台密码 管理员密码 密钥 接口密钥'

/** Where people live and walk, and what is foul there. */
const NEIGHBOURHOOD =
  '小区 村口 村里 村边 村头 村后 我们村 家门口 我家 我们家 楼下 楼上 河 水沟 臭水沟 水塘 湖 公园 学校 幼儿园 路边 街上 菜市场 广场 隔壁 对面'
const FOUL_THERE =
  '又黑又臭 又臭又黑 黑臭 [发恶好很太真特别]臭 臭[死得气烘] 发黑 冒黑烟 黑烟 油烟 泡沫 死鱼 变色 吵死 吵得 太吵 噪[音声] 扰民 灰尘 扬尘 刺鼻 异味 难闻'
const COME =
  '来(?:人|看|管|查|治|瞧|个人|现场) 派[个人] 管一?管 管一下 过来 (?:你们|快|赶紧|有没有人)[来去]'

/** Before a case of the asker's own: whoever pleads that somebody come has no plant to be seen. */
export const NEIGHBOUR_RULES: readonly GateRule[] = [
  {
    id: 'complaint-neighbourhood',
    reason: 'complaint',
    act: 'reply',
    why: 'A citizen who calls somebody to what is foul at his door: 12345 sends people, this does not.',
    any: [near(NEIGHBOURHOOD, 10, FOUL_THERE)],
    all: [words(COME)],
    not: [
      OWN_PLANT,
      words(
        '我们?的?(?:排口|排污口|车间|设备|废[水气]) 厂界 验收 整改 复产 环评 许可证 罚 标准 规定 谁 怎么 咋 多少',
      ),
    ],
    text: NUISANCE,
    refer: { to: '12345 / 12369', text: HOTLINE },
  },
]

export const COMPLAINT_RULES: readonly GateRule[] = [
  {
    id: 'complaint-report',
    reason: 'complaint',
    act: 'reply',
    why: 'A report belongs to 12345, which makes a case of it; here it would only be read.',
    any: [
      /^(?:我|本人|我们)?(?:要|想|想要|再次|实名|匿名|强烈|严重|继续)?(?:举报|投诉|检举|曝光|反映|反应|控诉)(?!电话|热线|有奖|奖励|渠道|会|能|去|是|要|后|了|人|信|材料|怎么|咋|流程|找|到哪|在哪|受理|多久|需要|可以|不|吗|该|平台|网站|保密)..../u,
      near(SOMEBODY, 12, NUISANCES, 10, SUFFERING),
      near('河里 河水 水里', 4, '泡沫 死鱼 油花 变色 红色 黑色'),
      near(NUISANCES, 3, '扰民 太吵 吵死 熏死 臭死 睡不着 没法睡 没人管'),
      near(`${SOMEBODY} 养殖场 猪场 河水 水沟 臭水沟 河道 ktv 酒吧 烧烤 广场舞 空气`, 8, FOUL),
    ],
    not: [OWN_PLANT, LAW],
    text: NUISANCE,
    refer: { to: '12345 / 12369', text: HOTLINE },
  },
  {
    id: 'complaint-story',
    reason: 'complaint',
    act: 'reply',
    why: 'The same, told at length: words of the law in it make it no question.',
    all: [
      /^.{30}/u,
      new RegExp(
        `扰民|特此投诉|特此举报|[望盼]${GAP}(?:处理|解决|介入|重视|查处|制止|关注|整治)|` +
          `[请求]${GAP}(?:查处|制止|取缔|尽快处理|尽快解决|派人|严厉|严肃|整治)`,
        'u',
      ),
    ],
    not: [OWN_PLANT],
    text: NUISANCE,
    refer: { to: '12345 / 12369', text: HOTLINE },
  },
  {
    id: 'secret-inspection',
    reason: 'secret',
    act: 'reply',
    why: 'When and whom an inspection will meet is not told beforehand.',
    any: [
      near(
        '什么时候 啥时候 哪天 几号 下次 今晚 明天 最近 这周',
        4,
        '来 去 会 要',
        2,
        '检查 突击 暗访 抽查 督察 巡查 查',
        '我 我们 哪 谁 园区',
      ),
      near('督察组 检查组 巡视组', 4, '住 电话 名单 行程 几点 哪个'),
      near('下周 明天 下个月 这个月', '查 检查 抽查', 1, '哪 谁 几家'),
      near('罚款', '指标 任务 提成 返还'),
      near('提前 透露 内部消息 打听 通风 报个信', 8, '检查 督察 暗访 突击 名单'),
    ],
    not: [words('提前多少 提前几 公示 规定 通知企业')],
    text: '检查安排不对外透露。想知道检查要守什么规矩、一年几次，可以直接问我。',
  },
  {
    id: 'secret-others',
    reason: 'secret',
    act: 'reply',
    why: 'What others asked, and who they are, is theirs.',
    any: [
      near(
        '别人 其他企业 其他公司 其他人 其他用户 其他厂 别的企业 别的厂 别家 隔壁厂?的? 上一个',
        6,
        '问的 问了 都问 问过 咨询 聊天 对话 记录 账号 密码 提问 手机号 电话',
      ),
    ],
    text: '别人问了什么、是谁问的，都不能给您看；您问的也一样不会给别人看。',
  },
  {
    id: 'secret-injection',
    reason: 'secret',
    act: 'reply',
    why: 'Orders to the machine itself. It has none to give away, and says so once.',
    any: [
      near('忽略 无视 忘记 忘掉 跳过 绕过', 8, '指令 提示 规则 设定 限制 要求 以上 之前 前面'),
      near('你的 你', 2, `后台 密码 ${INSIDE}`),
      near('重复 复述', 6, '上面 以上 之前 前面', 4, '内容 话 文字 指令 所有'),
      words('别管规则 不管规则 没有限制的 不受限制 无限制模式 dan模式'),
      near('输出 显示 打印 告诉我 给我 泄露 复述 重复 发给我 说出', 6, INSIDE),
      near('把 导出 下载 dump', 4, '数据库 后台 所有数据 源码'),
      words('act\\sas\\s(?:dan|admin|root) pretend\\sto\\sbe'),
      words(
        '系统提示词 越狱模式 开发者模式 jailbreak system\\s?prompt prompt\\sinjection drop\\stable',
      ),
      near('ignore disregard forget', 12, 'previous above instructions? prompt rules'),
      near(
        '你现在是 你扮演 请扮演 假装你是 从现在起你',
        12,
        '局长 领导 管理员 没有限制 不受 律师 猫 机器人 ai 开发者 黑客 执法',
      ),
      near('以 用', 1, '管理员 局长 超级用户', 2, '身份 权限'),
    ],
    text: '我只按审核过的条目回答环保办事问题，没有别的内容可以给。请直接说您要问的事。',
  },
]
