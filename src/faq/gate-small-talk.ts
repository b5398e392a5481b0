import type { GateRule } from './gate.ts'
import { ASKING, ENVIRONMENT, near, words } from './gate-words.ts'

/** Greetings, nonsense, insults, advertisements: fixed replies that never fill a queue. */

const WELCOME =
  '您好，这里是市生态环境局咨询通道，24 小时在线。请直接说问题，比如“换了胶水要重新办环评吗”。'

const list = (text: string) => text.split(' ')

export const SMALL_TALK_RULES: readonly GateRule[] = [
  {
    id: 'abuse-threat',
    reason: 'abuse',
    act: 'escalate',
    why: 'A threat against people is for people to judge.',
    any: [
      near('弄死 砍死 打死 杀了 砸了 烧了 炸了 堵了', 4, '你 局 单位 办公室 大门 执法'),
      near('等着', 2, '收拾 弄你 找你算账'),
    ],
    text: '这句话已转给工作人员看。遇到难处可以直接说，我们按事情办。',
  },
  {
    id: 'abuse-advert',
    reason: 'abuse',
    act: 'reply',
    why: 'Advertisements are neither answered nor queued.',
    any: [
      /加(?:我|个)?(?:v|微信|微|vx|wx|薇|威信|扣扣|q)(?![a-z])|(?:v|vx|wx|微信|qq)号? ?[a-z]{0,6}\d{3,}|微信同号/u,
      words(
        '包过 包拿证 包办 秒撤 秒批 秒过 刷单 高薪 日结 代开发票 发票代开 博彩 棋牌 招商加盟 扫码进群 办证刻章 诚招',
      ),
      near(
        '专业 快速 低价 优惠 全国 长期 大量',
        4,
        '代办 消除 代理 撤销 办证 修复信用 洗白 出售 供应 回收 承接 转让 卖',
      ),
      near('找我 联系我', 4, '快速 包 便宜 优惠 低价 出证'),
      near('厂家 公司 专业', 10, '欢迎选购 欢迎 选购 诚邀'),
      near('代办', 8, '联系 电话 优惠 低价 包 加'),
      words(
        '厂家直销 特价 批发 现货 欢迎来电 欢迎咨询 有需要联系 有意者 量大从优 价格美丽 价格优惠 价格从优 一条龙 私聊 私我 合作共赢',
      ),
      near('联系 找 咨询', 2, '[王李张刘陈杨赵周吴]?', 0, '经理 总 老师 小姐', 0, '$ 电 1'),
      near(
        '出售 转让 求购 承接 承揽 高价回收 专业收',
        8,
        '指标 设备 工程 项目 资质 危废 活性炭 业务 二手 公司',
      ),
      near('代写 代编 代做 代跑 代编制', 10, '价 电 联系 便宜 优惠 v 快'),
      near('贷款', 3, '秒 放款 找我 无抵押'),
    ],
    not: [words('要不要 能不能 可以[吗不] 合法 靠谱 真的假的 被骗 骗 违法 [吗么]$')],
    text: '这里只回答环保办事问题，不看广告。',
  },
  {
    id: 'abuse-words',
    reason: 'abuse',
    act: 'reply',
    why: 'An insult alone is let pass with one sentence; one around a question hides no question.',
    any: [
      words(
        '傻[逼比叉x] 煞笔 沙比 尼玛 你妈 他妈 特么 草泥马 草你 操你 日你 妈的 卧槽 滚蛋 滚开 滚犊子 脑残 弱智 智障 去死',
        '吸血的 大爷的 吃皇粮 草拟 曹尼玛 草尼 泥马 饭桶 妈卖批 mmp 没用的东西 就会收钱 只会收钱 只认钱 狗腿 畜生 不要脸 无耻 吃干饭 吃白饭 猪脑子 神经病 扯淡 瞎扯',
        '一群废物 坑人 坑爹 黑心 骗子 你个?废物 你们?有病 智商 老子 他奶奶 妈了个 狗娘 傻子 傻吊 傻子 屁用 啥也不是 什么垃圾玩意',
        '王八蛋 混蛋 狗屁 狗东西 狗官 放屁 吃屎 白痴 蠢货 有病吧 罚罚罚 就知道罚 只会罚 土匪 强盗 吸血鬼 什么玩意',
      ),
      /(?:^| )(?:草|操|靠|滚|垃圾|废物|sb|nmd|tmd|cnm|nmsl|nt)(?: |$)/u,
      /(?:垃圾|废物|破|烂|狗屎|辣鸡)(?:系统|机器人|客服|平台|软件|网站|局|部门|东西|玩意|服务)/u,
    ],
    not: [ENVIRONMENT, ASKING],
    text: '您心里有火，我们听着。请把具体的事说一下，能答的马上答，答不了的我转给人。',
  },
  {
    id: 'chat-greeting',
    reason: 'chat',
    act: 'reply',
    why: 'A greeting, alone.',
    only: list(
      '你好 您好 hello hi 哈喽 嗨 在吗 在不 在不在 有人吗 有人在吗 有人没 机器人 小助手 有人 早上好 上午好 中午好 下午好 晚上好 早安 ' +
        '晚安 早 请问一下 请问 咨询一下 咨询 问一下 问个问题 我想问 想问 打扰了 打扰 辛苦了 麻烦 在线吗 客服',
    ),
    text: WELCOME,
  },
  {
    id: 'chat-thanks',
    reason: 'chat',
    act: 'reply',
    why: 'Thanks, assent, goodbye, alone.',
    only: list(
      '谢谢 多谢 感谢 谢 thanks thx thankyou 好的 好嘞 好滴 好 知道了 知道 明白 懂了 清楚了 收到 ok okay 嗯 行 可以 我再问问 我再看看 再看看 嗯好的 知道啦 你真聪明 真聪明 厉害 真棒 稍等 等一下 等等 没了 呵呵 嘻嘻 ' +
        '没事了 没事 没别的事 3q 再见 拜拜 bye 不用 没有问题 没问题 没别的 没有 辛苦 赞 哦 了解 对 是的',
    ),
    not: [/^(?:没有|可以|行|对|没问题)不/u],
    text: '不客气。还有问题请直接说，24 小时都在。',
  },
  {
    id: 'chat-machine',
    reason: 'chat',
    act: 'reply',
    why: 'The machine says that it is one.',
    any: [
      /^.{0,4}(?:你|您|这)?(?:到底)?(?:是|是不是)(?:真?人|机器人?|ai|人工智能|人工|电脑|谁|什么东西|哪位|客服)(?:还是|吗|么|不|呢|啊|吧|嘛)?.{0,6}$/u,
      near(
        '人还是机器 机器还是人 你叫啥 你叫什么 你几岁 你会什么 你会啥 你能做什么 你能干什么 你能干啥 你能做啥 你会聊天 你会不会聊天',
      ),
    ],
    not: [ENVIRONMENT],
    text: '我是机器，只按审核过的条目回答，答不准的就转给人。请直接说您的问题，说“转人工”就转给人。',
  },
  {
    id: 'chat-idle',
    reason: 'chat',
    act: 'reply',
    why: 'Conversation that leads nowhere.',
    any: [
      near('讲 说 来', '个 一个', '笑话 故事 段子'),
      words(
        '唱首?歌 唱个歌 天气(?:咋|怎)么?样 天气如何 今天天气 (?:明天|今天|后天|周末).{0,3}(?:下雨|下雪|热不热|冷不冷) 今天几号 今天星期 今天周几 吃饭了[吗没] 吃了[吗没] 好无聊 陪我聊 我爱你',
      ),
      words(
        '写首诗 写一首诗 写[首篇个].{0,4}(?:诗|作文|文章|检讨|小说|代码|歌词) 算命 彩票 股票 世界杯 猜谜 你喜欢 你多大 男的女的',
      ),
    ],
    not: [ENVIRONMENT],
    text: `闲聊我不在行。${WELCOME}`,
  },
  {
    id: 'chat-empty',
    reason: 'chat',
    act: 'reply',
    why: 'Signs, a test, one letter: nothing was asked.',
    any: [
      /^[a-z0-9]{0,2}$/u,
      /^(?:asdf|qwer|zxcv|abc)[a-z]{0,12}$/u,
      /^(\p{L}|\d)\1*$/u,
      /^(?:测试|test|试试|试一下|测|123|1234|哈|嘿|呵| )+$/u,
    ],
    text: WELCOME,
  },
]
