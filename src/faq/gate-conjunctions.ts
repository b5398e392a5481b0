/** Notions that mean more together: what × whose × when. */
export interface Conjunction {
  /** At least one notion of each of these lists. */
  all: readonly string[]
  /** None of these. */
  none?: string
}

/** Reviewed data: lists are notions of `gate-concepts.ts`, separated by spaces. */
export const CONJUNCTIONS: Readonly<Record<string, Conjunction>> = {
  spill: { all: ['leakNow leak', 'chem vessel', 'now recent people hurt fireNow'] },
  burning: { all: ['fireNow fire', 'now recent people vessel chem hurt'], none: 'suppose' },
  injured: { all: ['hurt', 'people vessel chem'], none: 'suppose lawGeneral' },
  happening: { all: ['leakNow fireNow hurt'], none: 'suppose lawGeneral ask leakword household' },
  prepared: { all: ['leak fire hurt source', 'suppose lawGeneral ask'], none: 'now' },
  sourceGone: { all: ['source', 'gone'], none: 'suppose' },
  ownPenalty: { all: ['own ownCompany', 'sanction paper', 'milder verdict money progress'] },
  ownFile: { all: ['own ownCompany recent', 'paper env', 'progress'], none: 'lawGeneral' },
  thisCase: { all: ['this recent', 'sanction paper', 'verdict progress milder money'] },
  generalPenalty: { all: ['sanction', 'ask lawGeneral'], none: 'own ownCompany this recent' },
  ownCount: { all: ['own', 'calc'] },
  evading: { all: ['evade', 'sanction crime official lawyer evidence covert'] },
  suing: { all: ['lawyer', 'own you verdict'], none: 'lawGeneral' },
  punished: { all: ['crime', 'own people verdict'], none: 'lawGeneral' },
  comeHere: { all: ['visit', 'you plead own ownCompany'], none: 'lawGeneral' },
  wantsPerson: { all: ['asked', 'plead own you machine disagree'], none: 'lawGeneral' },
  wrongAnswer: { all: ['youSaid', 'disagree recent past'] },
  whoTold: { all: ['informer report', 'who'], none: 'lawGeneral' },
  insideStory: { all: ['insider', 'covert anonym'] },
  hiddenDumping: { all: ['other they', 'covert'], none: 'ask' },
  badOfficial: { all: ['official you', 'misconduct'], none: 'lawGeneral' },
  sufferedAtHome: { all: ['nuisance', 'home suffer'], none: 'ownCompany' },
  sufferedFrom: { all: ['nuisance suffer', 'place other'], none: 'ownCompany ask' },
  ownNuisance: { all: ['nuisance suffer report', 'ownCompany'] },
  offer: { all: ['ad'], none: 'ask own lawGeneral' },
  insultOnly: { all: ['insult'], none: 'env ask' },
  idle: { all: ['chat'], none: 'env ask sanction' },
  orders: { all: ['inject', 'you machine'], none: 'env' },
  insideKnowledge: { all: ['secret', 'who plead own official'] },
  theirsOnly: { all: ['theirs'], none: 'env' },
  theirsAsked: { all: ['theirs', 'ask lawGeneral'], none: 'env sanction' },
  bothAsked: { all: ['theirs', 'env'] },
  nothingOurs: { all: [], none: 'env sanction paper nuisance leak fire chem' },
}
