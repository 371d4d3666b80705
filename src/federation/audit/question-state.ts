/** How a question stands: asked, overdue, answered. */
import type { QuestionState } from '../../schemas/access.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { QuestionRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { today } from '../working-days.ts'

/** A stored question as both sides read it. */
export function questionState(
  row: QuestionRow,
  { sealing, now }: Pick<Deps, 'sealing' | 'now'>,
): QuestionState {
  return {
    id: row.id,
    askedAt: formatInstant(row.askedAt),
    dueOn: row.dueOn,
    isProvisional: row.dueIsProvisional !== 0,
    // The day itself is still in time.
    isOverdue: row.answeredAt === null && row.dueOn < today(now()),
    text: sealing.open<string>(row.textSealed),
    answeredAt: row.answeredAt && formatInstant(row.answeredAt),
    answer: row.answerSealed && sealing.open<string>(row.answerSealed),
  }
}
