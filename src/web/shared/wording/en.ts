import type { Wording } from './index.ts'

const desk = (name?: string) => (name ? ` (${name})` : '')

const en: Wording = {
  time: {
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    yesterday: (clock) => `yesterday ${clock}`,
    date: (month, day, weekday, year) =>
      `${weekday} ${day} ${MONTHS[month - 1]}${year ? ` ${year}` : ''}`,
    moment: (date, clock) => `${date}, ${clock}`,
    before: (moment) => `by ${moment}`,
  },
  states: {
    answering: 'automatic answer',
    waiting: 'waiting for an officer',
    held: 'in hand',
    resolved: 'resolved',
    closed: 'closed',
  },
  outcomes: {
    answered: 'answered',
    referred: 'referred to the right office',
    handled: 'handled',
    withdrawn: 'withdrawn',
  },
  widget: {
    title: 'Ask the bureau',
    subtitle: 'Open 24 hours a day',
    close: 'Minimise the chat',
    back: 'Back',
    mine: 'My questions',
    greeting: 'Hello, this is the Ecology and Environment Bureau. We are here 24 hours a day.',
    greetingHint: 'Just ask, for example:',
    examples: [
      'Is there a subsidy for a water reuse system?',
      'Must the EIA be redone when auxiliary materials change?',
    ],
    ongoing: 'Ongoing',
    how: [
      'We look for the law in force first; automatic answers are marked as such.',
      'What a machine cannot answer goes to an officer, with a time by which you hear.',
      'The first officer to take it is your first responder, to the end.',
    ],
    privacy: 'What you ask is never used as an enforcement lead.',
    askPlaceholder: 'Ask your question',
    send: 'Send',
    cancel: 'Cancel',
    attach: 'Add a photo or file',
    wrongType: 'Only pictures, PDF, Word (docx), Excel (xlsx) and ZIP can be sent.',
    tooLarge: 'A file may have 20 MB at most.',
    notLoaded: 'Files are not available just now; please try again later.',
    tooMany: 'Nine files at a time at most; please send them in turns.',
    left: (n) => `${n} characters left`,
    over: (n) => `${n} characters too many`,
    suggestions: 'Did you mean',
    suggestionsFound: (n) => `${n} similar questions; press the up arrow to choose.`,
    suggestionsHide: 'Hide similar questions',
    waitingToSend: 'Will be sent when back online',
    failed: 'Not sent. Tap to send again; nothing is lost.',
    offline: 'You are offline. What you write is kept here and sent when back online.',
    connecting: 'Connecting…',
    noToken: 'We could not confirm your sign-in and keep trying. Are you still signed in?',
    endedToken: 'Your sign-in has expired. Reload and sign in again; what you wrote is kept.',
    endedPerson: 'Somebody else is signed in now. Please reload the page.',
    endedOther: 'The connection was refused. Please reload, or contact the platform.',
    reload: 'Reload',
    loading: 'Opening…',
    unread: 'new reply',
    statusWaiting: (before) => `waiting · first reply ${before}`,
    statusHeld: (who, at) => `with ${who}${desk(at)}`,
  },
  refusals: {
    'wrong-state': 'Things have just changed here; this cannot be done now.',
    'too-fast': 'Too fast; please wait a few seconds.',
    unavailable: 'We are busy and nothing was stored. Please send it again later.',
    'not-found': 'This question was not found.',
    'too-large': 'This is too long; please split it.',
    'unsupported-type': 'A file of this kind is not taken; please send another one.',
  },
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

export default en
