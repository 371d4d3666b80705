/** `/openapi.json` before four linters, none of which finds an error. They look at what is served, and ask nothing of the network. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core'
import owasp from '@stoplight/spectral-owasp-ruleset'
import parsers from '@stoplight/spectral-parsers'
import rulesets from '@stoplight/spectral-rulesets'
import { beforeAll, describe, expect, test } from 'vitest'
import { docsRoutes } from '../../src/http/routes/docs.ts'
import { type IbmRules, ibmRules, OWASP_RULES } from './linter-rules.ts'

const require = createRequire(import.meta.url)
/** IBM's rules come with its validator, without types. */
const ibm: IbmRules = createRequire(require.resolve('ibm-openapi-validator/package.json'))(
  '@ibm-cloud/openapi-ruleset',
)

interface Finding {
  readonly rule: string
  readonly where: string
  readonly isError: boolean
}
const sentence = ({ rule, where }: Finding) => `${rule} at ${where}`
const errors = (found: readonly Finding[]) => found.filter(({ isError }) => isError).map(sentence)

/** What a linter says of the document; the number of its warnings is printed, for whoever wants to mend one. */
type Linter = (text: string) => Promise<readonly Finding[]>

/** Redocly's command line, in a process of its own: as a library it is not published any more. */
const redocly: Linter = async (source) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'delta-lint-'))
  const file = path.join(directory, 'openapi.json')
  writeFileSync(file, source)
  const command = path.join(path.dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js')
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const parameters = [command, 'lint', file, '--extends', 'recommended', '--format', 'json']
  const told = await new Promise<string>((resolve) => {
    // It leaves with 1 where it found errors, which is no failure of it.
    execFile(process.execPath, parameters, { env, maxBuffer: 2 ** 26 }, (_error, stdout) => resolve(stdout))
  })
  rmSync(directory, { recursive: true })
  const { problems } = JSON.parse(told) as { problems: Problem[] }
  return problems.map(({ ruleId, severity, location }) => ({
    rule: ruleId,
    where: location[0]?.pointer ?? '',
    isError: severity === 'error',
  }))
}
interface Problem {
  readonly ruleId: string
  readonly severity: string
  readonly location: readonly { readonly pointer: string }[]
}

const spectralWith =
  (rules: RulesetDefinition): Linter =>
  async (source) => {
    const linter = new spectral.Spectral()
    linter.setRuleset(rules)
    const found = await linter.run(new spectral.Document(source, parsers.Json, '/openapi.json'))
    return found.map(({ code, severity, path }) => ({
      rule: String(code),
      where: path.join('/'),
      isError: severity === 0,
    }))
  }

const schema: Linter = async (source) => {
  const { errors: found = [] } = await new Validator().validate(JSON.parse(source))
  return [found].flat().map((one) => ({ rule: 'schema', where: JSON.stringify(one), isError: true }))
}

const LINTERS: Readonly<Record<string, Linter>> = {
  'Redocly, its recommended rules': redocly,
  'Spectral, all rules for OpenAPI and those of OWASP': spectralWith({
    extends: [
      [rulesets.oas as RulesetDefinition, 'all'],
      [owasp as unknown as RulesetDefinition, 'all'],
    ],
    rules: OWASP_RULES,
  }),
  'the IBM validator': spectralWith({ extends: ibm, rules: ibmRules(ibm) } as unknown as RulesetDefinition),
  'the schema of OpenAPI 3.1': schema,
}

let text: string
beforeAll(async () => {
  // A gateway that people use is behind https, as `PUBLIC_URL` says; the document differs in nothing else.
  text = await (await docsRoutes('https://gateway.delta.test').request('/openapi.json')).text()
})

describe.each(Object.entries(LINTERS))('%s', (name, lint) => {
  test('finds no error in the document', async () => {
    const found = await lint(text)
    process.stderr.write(`${name}: ${found.length - errors(found).length} warnings\n`)
    expect(errors(found)).toEqual([])
  }, 60_000)
})

/** The document with one fault planted. */
// biome-ignore lint/suspicious/noExplicitAny: a document is broken wherever it may be.
const broken = (plant: (document: any) => void): string => {
  const document = JSON.parse(text)
  plant(document)
  return JSON.stringify(document)
}

test.each<[string, string, (document: ReturnType<typeof JSON.parse>) => void]>([
  [
    'Redocly, its recommended rules',
    'a reference to nowhere',
    (told) => {
      told.paths['/api/v1/me'].get.responses['200'].content['application/json'].schema.$ref = '#/nowhere'
    },
  ],
  [
    'Spectral, all rules for OpenAPI and those of OWASP',
    'a text without an end',
    (told) => {
      delete told.components.schemas.Problem.properties.title.maxLength
    },
  ],
  [
    'the IBM validator',
    'a member in snake case',
    (told) => {
      told.components.schemas.Problem.properties.first_name = { type: 'string' }
    },
  ],
  [
    'the schema of OpenAPI 3.1',
    'an operation without answers that are objects',
    (told) => {
      told.paths['/api/v1/me'].get.responses = 'none'
    },
  ],
])(
  '%s finds %s',
  async (name, _fault, plant) => {
    expect(errors((await LINTERS[name]?.(broken(plant))) ?? [])).not.toEqual([])
  },
  60_000,
)
