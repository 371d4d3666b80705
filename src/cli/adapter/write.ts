/** Writes a folder of the project from templates: all of it, or nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { GatewayError } from '../../errors.ts'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * @param folder under the project
 * @returns the files, by their paths in the project
 * @throws GatewayError `CONFIGURATION_INVALID` where the folder is there already, or this is a build without templates
 */
export function writeFolder(
  kind: 'region' | 'city',
  folder: string,
  names: Readonly<Record<string, string>>,
): readonly string[] {
  const templates = fileURLToPath(new URL(`./templates/${kind}/`, import.meta.url))
  if (!existsSync(templates))
    throw new GatewayError('CONFIGURATION_INVALID', {
      command: 'adapter',
      reason: 'is not part of this build',
    })
  const target = path.join(PROJECT, folder)
  if (existsSync(target))
    throw new GatewayError('CONFIGURATION_INVALID', { folder, reason: 'is there already' })
  const filled = (text: string) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => names[name] ?? '')
  mkdirSync(target, { recursive: true })
  return readdirSync(templates).map((template) => {
    const file = filled(template.replace(/\.txt$/, ''))
    writeFileSync(path.join(target, file), filled(readFileSync(path.join(templates, template), 'utf8')))
    return `${folder}/${file}`
  })
}

/** A line that somebody has to add, and where. */
export interface Line {
  readonly file: string
  readonly line: string
}

/** What was written and what is to be done next, for people and as data. */
export const nextSteps = (
  files: readonly string[],
  lines: readonly Line[],
  guide: string,
  tests: string,
) => ({
  text: [
    ...files.map((file) => `+ ${file}`),
    '',
    '接下来, 在这些文件里加上 · Next, add to these files:',
    ...lines.map(({ file, line }) => `  ${file}\n      ${line}`),
    '',
    `再逐项把测试变绿 · then turn the tests green, one by one: npx vitest run ${tests}`,
    `每一步写在 · each step is told in ${guide}`,
  ].join('\n'),
  data: { files, lines, guide, tests },
})
