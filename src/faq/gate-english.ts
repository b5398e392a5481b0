import type { GateRule } from './gate.ts'
import { near, oneOf, words } from './gate-words.ts'

/**
 * The FAQ is Chinese: what is asked without a Chinese character goes to a person, and is told so;
 * small talk gets a fixed reply in both languages.
 */

const CHINESE = /\p{Script=Han}/u

/** Whole English words; `\\s` stands for the blank inside a phrase. */
const whole = (...lists: string[]) => new RegExp(`(?<![a-z])${oneOf(...lists)}(?![a-z])`, 'u')

const HELLO =
  'hello hi hey hiya greetings good\\s(?:morning|afternoon|evening|day|night) how\\sare\\syou(?:\\sdoing)? ' +
  'nice\\sto\\smeet\\syou (?:is\\s)?(?:any(?:one|body)|some(?:one|body))\\s(?:there|here|home) are\\syou\\s(?:there|here)'
const THANKS =
  'thank\\syou thank\\su thanks thankyou thx ty cheers appreciate(?:d|\\s(?:it|that)) bye goodbye good\\sbye byebye ' +
  'see\\s(?:you|ya) have\\sa\\s(?:good|nice|great)\\s(?:day|evening|night|weekend|one) take\\scare ok okay okey ' +
  'great perfect cool awesome understood got\\sit i\\ssee alright all\\sright sure yes yeah yep no nope ' +
  'no\\sproblem never\\smind that\\s(?:s|is)\\sall you\\s(?:re|are)\\swelcome'
const POLITE =
  'there again all everyone everybody sir madam team officer friend dear today please so very much a\\slot lots many for ' +
  'your the help time reply answer information support quick then now later soon tomorrow and but oh ah well haha'
const YOU = '(?:are|r)\\s(?:you|u) is\\s(?:this|it|that) am\\si'
const MACHINE = 'robot bot chatbot machine ai computer human person people program chatgpt'
const WHO =
  'wh(?:o|at)\\s(?:are|r)\\s(?:you|u) who\\sis\\sthis what\\s(?:s|is)\\syour\\sname what\\s(?:can|do)\\syou\\sdo(?:\\sfor\\s(?:me|us))?'
const ABOUT_IT = 'a an real actual living live just talking speaking chatting to with or not really'

/** Only what is small talk to the last word: whatever else is in a text may be a question. */
export const ENGLISH_TALK_RULES: readonly GateRule[] = [
  {
    id: 'english-machine',
    reason: 'chat',
    act: 'reply',
    why: 'The machine says that it is one, in English.',
    any: [whole(WHO), new RegExp(`${whole(YOU).source}.{0,40}${whole(MACHINE).source}`, 'u')],
    only: [whole(WHO), whole(HELLO), whole(YOU), whole(MACHINE), whole(THANKS, POLITE, ABOUT_IT)],
    text: 'I am a machine. I answer in Chinese from reviewed entries; whatever you ask in English is passed to an officer. 我是机器，只按审核过的条目回答，答不准的就转给人。',
  },
  {
    id: 'english-greeting',
    reason: 'chat',
    act: 'reply',
    why: 'A greeting in English, alone.',
    any: [whole(HELLO)],
    only: [whole(HELLO), whole(THANKS), whole(POLITE)],
    text: 'Hello, this is the environment bureau’s consultation channel, open 24 hours. Please write your question; what is asked in English is answered by an officer. 您好，请直接说问题，比如“换了胶水要重新办环评吗”。',
  },
  {
    id: 'english-thanks',
    reason: 'chat',
    act: 'reply',
    why: 'Thanks, assent, goodbye in English, alone.',
    any: [whole(THANKS)],
    only: [whole(THANKS), whole(POLITE)],
    text: 'You are welcome. If there is anything else, just write it, at any hour. 不客气。还有问题请直接说，24 小时都在。',
  },
]

export const ENGLISH_RULES: readonly GateRule[] = [
  {
    id: 'english-injection',
    reason: 'secret',
    act: 'reply',
    why: 'Orders to the machine itself, in English.',
    any: [
      near(
        'ignore disregard forget bypass override skip',
        24,
        'previous above prior earlier instructions? prompts? rules guidelines safety',
      ),
      near(
        'you\\sare\\snow from\\snow\\son',
        40,
        'dan unrestricted restrictions? jailbroken developer admin',
      ),
      near(
        'print show reveal repeat output tell give translate',
        24,
        'prompt instructions text\\sabove configuration initial\\ssettings system\\smessage',
      ),
      near('pretend imagine act roleplay behave', 12, 'you as'),
      near('system assistant admin', 1, 'new override update', 1, 'policy rule instruction mode'),
      words('developer\\smode debug\\smode no\\srestrictions without\\srestrictions'),
    ],
    not: [CHINESE],
    text: 'I only answer questions on environmental procedures, from reviewed entries; there is nothing else that I could give. 我只按审核过的条目回答环保办事问题。',
  },
  {
    id: 'english-secret',
    reason: 'secret',
    act: 'reply',
    why: 'Keys and other people’s data, in English.',
    any: [
      words(
        'passwords? api\\skeys? secret\\skeys? access\\stokens? connection\\sstring credentials source\\scode',
      ),
      near('dump export download', 12, 'database users? records'),
      near('phone mobile number address', 16, 'officer inspector whistleblower informant'),
      near('who', 10, 'reported complained', 12, 'us me my our'),
      near(
        'other another',
        1,
        'company companies factory users?',
        12,
        'questions? asked chats? records?',
      ),
    ],
    not: [CHINESE, words('forgot lost reset')],
    text: 'This is not given to anybody, and I do not have it. 这个不对外提供，我也没有。',
  },
  {
    id: 'english-question',
    reason: 'no-match',
    act: 'escalate',
    why: 'No entry is written in English; a guess across languages would be one.',
    any: [/(?<![a-z])[a-z]{1,20} [a-z]{1,20} [a-z]{1,20}(?![a-z])/u],
    not: [CHINESE],
    text: 'The machine answers in Chinese only. Your question has been passed to an officer, who will reply here; you will see the name and the time promised. 机器只会用中文解答，已替您转给人。',
  },
]
