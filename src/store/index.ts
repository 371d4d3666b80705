/** The store: one object a subject, over one pool. */
import type { Database } from './connection.ts'
import { accessQueries } from './queries/accesses.ts'
import { askQueries } from './queries/asks.ts'
import { canaryQueries } from './queries/canary.ts'
import { caseAnswerQueries } from './queries/case-answers.ts'
import { caseStageQueries } from './queries/case-stages.ts'
import { caseQueries } from './queries/cases.ts'
import { chainQueries } from './queries/chains.ts'
import { changeQueries } from './queries/changes.ts'
import { clerkQueries } from './queries/clerks.ts'
import { clockQueries } from './queries/clocks.ts'
import { codeQueries } from './queries/codes.ts'
import { consentQueries } from './queries/consents.ts'
import { deskCaseQueries } from './queries/desk-cases.ts'
import { deskQueries } from './queries/desks.ts'
import { dispatchQueries } from './queries/dispatches.ts'
import { draftQueries } from './queries/drafts.ts'
import { driftQueries } from './queries/drifts.ts'
import { exchangeQueries } from './queries/exchanges.ts'
import { figureQueries } from './queries/figures.ts'
import { holdingQueries } from './queries/holdings.ts'
import { logInQueries } from './queries/log-ins.ts'
import { mandateQueries } from './queries/mandates.ts'
import { matterQueries } from './queries/matters.ts'
import { noticeQueries } from './queries/notices.ts'
import { operatorQueries } from './queries/operators.ts'
import { outboxQueries } from './queries/outbox.ts'
import { peopleQueries } from './queries/people.ts'
import { questionQueries } from './queries/questions.ts'
import { ratingQueries } from './queries/ratings.ts'
import { serviceChoiceQueries } from './queries/service-choices.ts'
import { strayQueries } from './queries/strays.ts'
import { subscriptionQueries } from './queries/subscriptions.ts'
import { idempotencyQueries, oidcQueries, uploadQueries } from './queries/uploads.ts'
import { windowQueries } from './queries/windows.ts'

import { type Round, startRounds } from './rounds.ts'

export { digestOf } from './event-digest.ts'
export type { AccessPlace, AccessRecordRow, AccessRow, Clock } from './queries/accesses.ts'
export type { DueCase } from './queries/asks.ts'
export type { SchemaDriftRow } from './queries/canary.ts'
export type { Party } from './queries/case-party.ts'
export type { CaseRow, EventRow, NewEvent } from './queries/case-rows.ts'
export type { Stage } from './queries/case-stages.ts'
export type { ChainRow } from './queries/chains.ts'
export { applied, type Change } from './queries/change.ts'
export type { Outcome } from './queries/changes.ts'
export type { ClerkRow } from './queries/clerks.ts'
export type { ClockMark, TurnRow } from './queries/clocks.ts'
export type { CodeRow, Judged, Looked, ScanRow } from './queries/codes.ts'
export type { ConsentRow, GrantRow, ReleaseOf } from './queries/consents.ts'
export type { CustodyRow, DeskCaseRow, DeskPaperRow } from './queries/desk-cases.ts'
export type { DeskRow } from './queries/desks.ts'
export type { Settled } from './queries/dispatches.ts'
export type { DraftRow } from './queries/drafts.ts'
export type { Drift } from './queries/drifts.ts'
export type { Counted, FigureRow } from './queries/figures.ts'
export type { AnswersOf, HoldingKind, HoldingRow } from './queries/holdings.ts'
export type { AuthenticationRow, SessionRow } from './queries/log-ins.ts'
export type { MandateUse } from './queries/mandate-uses.ts'
export type { MandateRow } from './queries/mandates.ts'
export type { MatterBrief, MatterRow } from './queries/matters.ts'
export type { OperatorRow } from './queries/operators.ts'
export { type OutboxRow, type OwedEvent, type Place, START } from './queries/outbox.ts'
export type { AccountRow } from './queries/people.ts'
export type { AskedOf, QuestionRow } from './queries/questions.ts'
export type { HeldRating, RatingRow } from './queries/ratings.ts'
export type { ServiceChoiceRow } from './queries/service-choices.ts'
export type { StrayRow } from './queries/strays.ts'
export {
  type DeliveryRow,
  type Held,
  type HeldBack,
  heldBackRow,
  type Standing,
  type SubscriptionRow,
} from './queries/subscriptions.ts'
export { FAR, type FoundRow, type WindowRow, type WindowSearch } from './queries/windows.ts'
export type { Round } from './rounds.ts'

/** Binds all queries to a database. */
export const openStore = (database: Database) => ({
  accesses: accessQueries(database),
  caseAnswers: caseAnswerQueries(database),
  asks: askQueries(database),
  canary: canaryQueries(database),
  cases: caseQueries(database),
  caseStages: caseStageQueries(database),
  chains: chainQueries(database),
  changes: changeQueries(database),
  clerks: clerkQueries(database),
  clocks: clockQueries(database),
  codes: codeQueries(database),
  consents: consentQueries(database),
  deskCases: deskCaseQueries(database),
  desks: deskQueries(database),
  dispatches: dispatchQueries(database),
  drafts: draftQueries(database),
  drifts: driftQueries(database),
  exchanges: exchangeQueries(database),
  figures: figureQueries(database),
  holdings: holdingQueries(database),
  logIns: logInQueries(database),
  mandates: mandateQueries(database),
  matters: matterQueries(database),
  notices: noticeQueries(database),
  operators: operatorQueries(database),
  outbox: outboxQueries(database),
  people: peopleQueries(database),
  questions: questionQueries(database),
  ratings: ratingQueries(database),
  serviceChoices: serviceChoiceQueries(database),
  strays: strayQueries(database),
  subscriptions: subscriptionQueries(database),
  uploads: uploadQueries(database),
  windows: windowQueries(database),
  idempotency: idempotencyQueries(database),
  oidc: oidcQueries(database),
  /** Starts rounds that all processes share. */
  startRounds: (rounds: readonly Round[], failed: (round: string, error: unknown) => void) =>
    startRounds(database, rounds, failed),
  /** Resolves when the database answers. */
  ping: async (): Promise<void> => void (await database.sql`select 1`),
  /** The server's version as a number (180004), and what time it is there. */
  about: async (): Promise<{ version: number; at: Date }> => {
    const [row] = await database.sql<{ version: string; ms: string }[]>`
      select current_setting('server_version_num') as version, extract(epoch from clock_timestamp()) * 1000 as ms`
    return { version: Number(row?.version), at: new Date(Number(row?.ms)) }
  },
})

export type Store = ReturnType<typeof openStore>
