/** Records of access: checked, and what people ask the gateway itself about them. */
import { answerForUs, questionsToUs } from '../federation/audit/questions.ts'
import { type Finding, verifyChains } from '../federation/audit/verify.ts'
import { type Args, EXIT, listed, need, type Said } from './args.ts'
import { beside, operator } from './beside.ts'
import { progress } from './progress.ts'

const lineOf = ({ holder, clock, sequence, what }: Finding): string =>
  `${holder.slice(0, 12)}  ${clock}  ${sequence}  ${what}`

/** Checks every chain. Findings are printed as they are found, and make the command end with 1. */
export async function verify(args: Args): Promise<Said> {
  const from = performance.now()
  const { step, line, end } = progress('chains', args)
  const findings: Finding[] = []
  const found = (finding: Finding) => {
    findings.push(finding)
    line(lineOf(finding))
  }
  const told = await beside((deps) => verifyChains(found, deps, step)).finally(end)
  if (told.findings > 0) process.exitCode = EXIT.wrong
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  return {
    text: `${told.chains} chains, ${told.records} records, ${told.findings} findings, ${seconds} s`,
    data: { ...told, findings },
  }
}

/** Lists what people ask of the gateway's own pages and staff. It shows their words: keep the output to yourself. */
export async function listQuestions(): Promise<Said> {
  const { items } = await beside((deps) => questionsToUs(deps))
  return listed(items, ({ id, askedAt, dueOn, isProvisional, isOverdue, text, access }) =>
    [
      `${id}  asked ${askedAt}  due ${dueOn}${isProvisional ? ' (provisional)' : ''}${isOverdue ? '  OVERDUE' : ''}`,
      access
        ? `  ${access.at}  ${access.act}  ${access.body.name}  ${access.matter?.id ?? '-'}  ${access.outcome}  ${access.requestId}`
        : '  the record is forgotten',
      `  ${text.replaceAll(/\s+/g, ' ')}`,
    ].join('\n'),
  )
}

/** Answers one, once. */
export async function answer(args: Args): Promise<Said> {
  const [id, text] = [need(args, 'id'), need(args, 'text')]
  await beside((deps) => answerForUs(id, text, operator(), deps))
  return `${id}: answered`
}
