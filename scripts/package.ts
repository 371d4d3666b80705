/**
 * Makes `dist/` a package that others install (`npm install ./dist`): what was compiled, the files beside the code, and a package.json whose
 * exports lead to JavaScript. In the project itself they lead to the sources, so that nothing has to be built to try an example.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'

const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly node: string }>>
  readonly [member: string]: unknown
}
const KEPT = [
  'name',
  'version',
  'description',
  'license',
  'type',
  'dependencies',
  'peerDependencies',
  'peerDependenciesMeta',
]

for (const folder of ['drizzle', 'src/portal/assets', 'src/pictures/assets'])
  cpSync(folder, `dist/${folder}`, { recursive: true })
cpSync('LICENSE', 'dist/LICENSE')

const compiled = Object.entries(own.exports).map(([name, target]) => [
  name,
  typeof target === 'string'
    ? target
    : { types: target.types.replace(/\.ts$/, '.d.ts'), default: target.node.replace(/\.ts$/, '.js') },
])
writeFileSync(
  'dist/package.json',
  `${JSON.stringify(
    {
      ...Object.fromEntries(KEPT.map((member) => [member, own[member]])),
      engines: { node: '>=22' },
      exports: Object.fromEntries(compiled),
    },
    null,
    2,
  )}\n`,
)
