import type { GateRule } from './gate.ts'
import { ENVIRONMENT, words } from './gate-words.ts'

/** What another department decides: a reply that says which, so that nobody queues here in vain. */
interface Department {
  id: string
  to: string
  /** What it decides, as the subject of the reply. */
  what: string
  about: string
  /** Words that make it ours after all. */
  ours?: string
  /** Theirs even where a short text speaks of our business too. */
  always?: true
}

const DEPARTMENTS: readonly Department[] = [
  {
    id: 'police-traffic',
    to: '公安交警',
    what: '交通违法和车辆扣留',
    about:
      '交警 扣车 车被扣 交通违章 违章[停查扣] 闯红灯 驾照 驾驶证 车管所 炸街 飙车 摩托车.{0,6}(?:吵|噪|半夜)',
    always: true,
  },
  {
    id: 'police',
    to: '公安',
    what: '治安、社会生活噪声和易制毒易制爆物品',
    about:
      '打架 斗殴 户口 身份证 居住证 易制毒 易制爆 烟花爆竹 治安 派出所 诈骗 盗窃 广场舞 麻将 狗叫 楼上吵 ' +
      '邻居.{0,6}[吵噪] ktv 酒吧 唱歌.{0,4}吵 剧毒.{0,6}(?:购买|备案)',
    always: true,
  },
  {
    id: 'fire',
    to: '消防',
    what: '消防验收、消防检查和消防器材',
    about:
      '消防(?:验收|设计|审查|备案|检查|通道|证|手续|许可|设施|栓|器材|车道|安全) 灭火器 消火栓 烟感 消控 喷淋(?!塔) 逃生通道',
    ours: '事故池 应急池 喷淋塔 废气 水喷淋 降尘 环评 漆雾 装卸 堆场 料堆 扬尘 消防废?水',
    always: true,
  },
  {
    id: 'housing',
    to: '住建',
    what: '施工许可、房屋、物业和排水许可',
    about:
      '施工许可 建筑垃圾 渣土 工程渣土 排水许可 排水证 接管许可 房子漏 房屋漏 屋顶漏 物业 公租房 廉租房 商品房 预售 ' +
      '危房 工程质量 房产 房贷 装修(?:备案|许可) 电梯加装 加装电梯 供暖 燃气(?:开户|安装|报装)',
  },
  {
    id: 'market',
    to: '市场监管',
    what: '营业执照、食品、特种设备和产品质量',
    about:
      '营业执照 经营范围 注册公司 公司注册 注册个公司 注销公司 公司注销 工商登记 工商年报 商标 食品经营 食品生产 ' +
      '食品许可 食品安全 特种设备 压力容器 电梯年检 叉车证 假货 消费者 缺斤短两 专利 价格欺诈 企业年报',
  },
  {
    id: 'labour',
    to: '人社',
    what: '社保、工伤、工资和劳动合同',
    about:
      '社保 工伤 退休 养老金 养老保险 欠薪 拖欠工资 讨薪 劳动合同 劳动仲裁 劳动争议 失业 辞退 加班费 最低工资 职称 ' +
      '就业补贴 招工 稳岗',
    always: true,
  },
  {
    id: 'emergency-management',
    to: '应急管理',
    what: '安全生产和危险化学品许可',
    about:
      '(?:危化品|危险化学品).{0,8}(?:证|许可|仓库|储存|经营|备案|存放) 安全生产 安全评价 安评 动火 特种作业 电工证 ' +
      '有限空间 安全员 重大危险源 安全标准化 防爆',
    ours: '预案 泄漏 泄露 废',
  },
  {
    id: 'water',
    to: '水利',
    what: '取水、打井、河道和水土保持',
    about: '打井 取水许可 取水证 河道采砂 占用河道 水土保持 水保方案 防洪 灌溉 自备井 机井',
    ours: '监测井 水资源税 化工 园区',
  },
  {
    id: 'land',
    to: '自然资源',
    what: '土地、规划、矿产和不动产登记',
    about:
      '土地证 不动产 规划许可 宅基地 土地出让 土地性质 土地审批 建设用地 采矿证 采矿许可 林地 砍树 伐木 征地 农转用',
  },
  {
    id: 'street',
    to: '城管',
    what: '占道经营、市容和环卫',
    about:
      '占道 摆摊 烧烤摊 夜市摊 流动摊 小贩 广告牌 违建 违章建筑 路灯 井盖 小广告 垃圾(?:没人收|清运|桶满|站|车) 乱停车 环卫',
  },
  {
    id: 'energy',
    to: '发改（能源）',
    what: '电价、用电报装、节能审查和项目立项',
    about:
      '电价 电费 停电通知 用电报装 用电增容 企业用电 报装 节能审查 能评 充电桩 油价 气价 项目立项 立项备案 光伏并网',
  },
  {
    id: 'industry',
    to: '工信',
    what: '专精特新、绿色工厂和技改项目',
    about:
      '专精特新 绿色工厂 绿色制造 小巨人 智能制造 规上企业 企业技术中心 首台套 技改(?:补贴|奖励|资金) 两化融合',
  },
  {
    id: 'science',
    to: '科技',
    what: '高新技术企业认定和研发补助',
    about: '高新技术企业 高新企业 高企认定 研发(?:补助|补贴|加计) 科技型中小企业',
  },
  {
    id: 'farming',
    to: '农业农村',
    what: '养殖布局、病死畜禽、农药和宅基地',
    about: '禁养区 限养区 死猪 病死 养鸡 养鸭 养牛 动物防疫 兽药 农药残留 化肥 农机 鱼塘承包',
    ours: '环保税',
  },
  {
    id: 'health',
    to: '卫健',
    what: '职业病、公共场所卫生和医疗',
    about: '职业病 职业健康 职业卫生 入职体检 健康证 卫生许可 疫苗 诊所 挂号 看病 核酸',
  },
  {
    id: 'transport',
    to: '交通运输',
    what: '道路运输证件、公交和公路',
    about: '道路运输证 运输许可 营运证 从业资格证 公交 地铁 网约车 出租车 超载 高速费 驾校',
  },
  {
    id: 'tax',
    to: '税务',
    what: '发票、个人所得税和一般纳税',
    about:
      '开发票 发票(?:怎么|丢|领|作废|红冲) 领票 个税 税务登记 纳税信用 报税 税务注销 印花税 企业所得税汇算',
    ours: '减免 抵免 资源综合利用 设备 测的数据 检测',
  },
  {
    id: 'elsewhere',
    to: '12345',
    what: '教育、医保、民政、公积金、金融等事项',
    about:
      '上学 学区 入学 转学 幼儿园 中考 高考 医保 新农合 低保 结婚 离婚 生育证 殡葬 养老院 公积金 法律援助 公证处 ' +
      '银行卡 信用卡 护照 签证 快递 宽带 手机信号 有线电视 防雷 天气预报 旅游 景区',
  },
]

/** In a long text a word of theirs is an aside, once it speaks of our business too. */
const LONG_AND_OURS = new RegExp(`^(?=.{25}).*?${ENVIRONMENT.source}`, 'u')

function ruleOf({ id, to, what, about, ours, always }: Department): GateRule {
  const elsewhere = to === '12345'
  const way = elsewhere ? '打 12345' : `打 12345 转${to}部门`
  return {
    id: `department-${id}`,
    reason: 'other-department',
    act: 'reply',
    why: `${what}: ${to} decides, not this bureau.`,
    any: [words(about)],
    not: [...(ours ? [words(ours)] : []), always ? LONG_AND_OURS : ENVIRONMENT],
    text: `${what}由${elsewhere ? '相应的主管' : to}部门负责，我们替您问不了结果。您可以${way}（24 小时），需要的话把您刚才的话复制过去。`,
    refer: { to, text: `${way}，说明单位、地址和要办的事。` },
  }
}

export const DEPARTMENT_RULES: readonly GateRule[] = DEPARTMENTS.map(ruleOf)
