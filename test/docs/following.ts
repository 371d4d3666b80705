/** Follows a page to the letter in a copy of the project: runs what stands in `sh` blocks, writes the files, adds the lines. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Ran, run } from '../examples/support.ts'

/** A fenced block, and the step under whose heading it stands. */
interface Block {
  readonly step: string
  readonly language: string
  /** What it names behind the language. */
  readonly file: string
  readonly content: string
}

/** What a copy needs to be compiled, tested and started. */
const COPIED = ['src', 'data', 'drizzle', 'scripts', 'test/support', 'docs/regions', 'docs/case-status.md']
const FILES = ['package.json', 'tsconfig.json', 'vitest.config.ts']

/** What is compiled of the copy: a region, its played twin, its cities, and what is keyed by its name. */
const TSCONFIG = {
  extends: './tsconfig.json',
  compilerOptions: { incremental: true, tsBuildInfoFile: 'tsconfig.tsbuildinfo' },
  files: ['src/adapters/index.ts', 'src/sandbox/sandbox.ts', 'src/federation/identity/assurance.ts'],
}

/** The blocks of a page, in their order. */
export function blocksOf(page: string): readonly Block[] {
  let step = ''
  const found = readFileSync(page, 'utf8').matchAll(/^#+ (.*)$|^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)
  return [...found].flatMap(([, heading, language = '', file = '', content = '']) => {
    step = heading ?? step
    return heading === undefined ? [{ step, language, file, content }] : []
  })
}

/** A file after a `diff` block: what stands in it now must be there once. @throws Error where it does not */
export function patched(text: string, diff: string): string {
  const lines = diff.split('\n').filter((line) => line !== '')
  const side = (sign: string) =>
    lines
      .flatMap((line) => (line.startsWith(sign) || line.startsWith(' ') ? [`${line.slice(1)}\n`] : []))
      .join('')
  const [before, after] = [side('-'), side('+')]
  if (text.split(before).length !== 2) throw new Error(`not there, or more than once:\n${before}`)
  return text.replace(before, () => after)
}

/** A test of the copy by its whole name, and whether it passed. */
export type Outcomes = ReadonlyMap<string, boolean>

/** Copies the project. Tests are left behind: the pages bring their own. */
export function copyProject() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-copy-'))
  for (const one of COPIED)
    cpSync(one, path.join(folder, one), { recursive: true, filter: (file) => !file.endsWith('.test.ts') })
  for (const file of FILES) cpSync(file, path.join(folder, file))
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  // What this run of the tests tells its own workers is not for those of the copy.
  const env = Object.fromEntries(
    Object.keys(process.env).flatMap((name) => (/^VITEST|^TEST$/.test(name) ? [[name, '']] : [])),
  )
  const at = (file: string) => path.join(folder, file)
  const sh = (command: string): Promise<Ran> => run('bash', ['-ec', `cd ${folder}\n${command}`], env)

  return {
    sh,
    read: (file: string) => readFileSync(at(file), 'utf8'),
    /** Does what the blocks say. @throws Error with what was printed, where a command fails */
    follow: async (blocks: readonly Block[]): Promise<void> => {
      for (const { language, file, content } of blocks) {
        if (language === 'sh') {
          const { code, text } = await sh(content)
          if (code !== 0) throw new Error(`${content}${text}`)
        } else if (language === 'diff')
          writeFileSync(at(file), patched(readFileSync(at(file), 'utf8'), content))
        else if (file !== '') {
          mkdirSync(path.dirname(at(file)), { recursive: true })
          writeFileSync(at(file), content)
        }
      }
    },
    /** What tsc says of the folders; nothing when they compile. */
    compile: async (...include: readonly string[]): Promise<string> => {
      writeFileSync(at('tsconfig.check.json'), JSON.stringify({ ...TSCONFIG, include }))
      return (await sh('node_modules/.bin/tsc -p tsconfig.check.json || true')).text
    },
    /** Runs tests of the copy, all in one process: its modules are read once. @throws Error with what was printed, where none were run */
    test: async (...paths: readonly string[]): Promise<Outcomes> => {
      const { text } = await sh(
        `node_modules/.bin/vitest run --no-isolate --maxWorkers=1 --reporter=json --outputFile=told.json ${paths.join(' ')} || true`,
      )
      try {
        const told = JSON.parse(readFileSync(at('told.json'), 'utf8')) as Told
        return new Map(
          told.testResults.flatMap(({ assertionResults: results }) =>
            results.map(({ fullName, status }) => [fullName, status === 'passed']),
          ),
        )
      } catch (cause) {
        throw new Error(text, { cause })
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What Vitest's JSON reporter writes, as far as it is looked at. */
interface Told {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}
