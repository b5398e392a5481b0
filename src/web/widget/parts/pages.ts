/** What is not needed to ask the first question; fetched while the greeting is being read. */
import cards from '../styles/cards.css?inline'

export { viewOf } from '../model/view-of.ts'
export { Escort } from './escort.tsx'
export { Footer } from './footer.tsx'
export { HomeFoot } from './home-foot.tsx'
export { Mine } from './mine.tsx'
export { loadWords } from './record-words.ts'
export { AskPerson, Standing } from './standing.tsx'
export { Thread } from './thread.tsx'
export const css = cards
