import type { GateRule } from './gate.ts'
import { near, words } from './gate-words.ts'

/** The FAQ is Chinese: what is written without a Chinese character goes to a person, and is told so. */

const CHINESE = /\p{Script=Han}/u

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
