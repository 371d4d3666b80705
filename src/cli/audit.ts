/** Records of access: checked, and what people ask the gateway itself about them. */
import { answerForUs, questionsToUs } from '../federation/audit/questions.ts'
import { type Finding, verifyChains } from '../federation/audit/verify.ts'
import { type Args, need } from './args.ts'
import { beside, operator } from './beside.ts'

const lineOf = ({ holder, clock, sequence, what }: Finding): string =>
  `${holder.slice(0, 12)}  ${clock}  ${sequence}  ${what}`

/** Checks every chain. Findings are printed as they are found, and make the command end with 1. */
export async function verify(): Promise<string> {
  const from = performance.now()
  const told = await beside((deps) =>
    verifyChains((finding) => void process.stdout.write(`${lineOf(finding)}\n`), deps),
  )
  if (told.findings > 0) process.exitCode = 1
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  return `${told.chains} chains, ${told.records} records, ${told.findings} findings, ${seconds} s`
}

/** Lists what people ask of the gateway's own pages and staff. It shows their words: keep the output to yourself. */
export async function listQuestions(): Promise<string> {
  const { items } = await beside((deps) => questionsToUs(deps))
  return items
    .map(({ id, askedAt, dueOn, isProvisional, isOverdue, text, access }) =>
      [
        `${id}  asked ${askedAt}  due ${dueOn}${isProvisional ? ' (provisional)' : ''}${isOverdue ? '  OVERDUE' : ''}`,
        access
          ? `  ${access.at}  ${access.act}  ${access.body.name}  ${access.matter?.id ?? '-'}  ${access.outcome}  ${access.requestId}`
          : '  the record is forgotten',
        `  ${text.replaceAll(/\s+/g, ' ')}`,
      ].join('\n'),
    )
    .join('\n')
}

/** Answers one, once. */
export async function answer(args: Args): Promise<string> {
  const [id, text] = [need(args, 'id'), need(args, 'text')]
  await beside((deps) => answerForUs(id, text, operator(), deps))
  return `${id}: answered`
}
