/** A call as it is written in a shell and with the typed client. Out of the document, with its examples. */
import type { Described, DescribedParameter } from '../../schemas/described.ts'
import { alternatives } from './members.ts'

/** What stands where the document has no example: the reader's own. */
const own = ({ name, example }: DescribedParameter): string => example ?? `<${name}>`

const of = ({ parameters }: Described, place: DescribedParameter['in']) =>
  parameters.filter((one) => one.in === place && (one.required || one.example !== undefined))

/** The document's example of a body. */
export const exampleOf = ({ body }: Described): unknown =>
  body?.contents.find(({ type }) => type === 'application/json')?.example

export const takesFile = ({ body }: Described): boolean => body?.contents[0]?.type === 'multipart/form-data'

/** `GATEWAY` and `TOKEN` are set before, as in the tutorial. */
export function curlOf(operation: Described): string {
  const { method, path, scopes } = operation
  const asked = of(operation, 'query').map((one) => `${one.name}=${encodeURIComponent(own(one))}`)
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const one = operation.parameters.find((parameter) => parameter.name === name)
    return one?.example ?? `<${name}>`
  })
  const example = exampleOf(operation)
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$GATEWAY${place}${asked.length > 0 ? `?${asked.join('&')}` : ''}"`,
    ...(scopes.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...of(operation, 'header').map((one) => `-H '${one.name}: ${keyOr(one)}'`),
    ...(takesFile(operation) ? ["-F 'file=@document.pdf'"] : []),
    ...(example === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(example, null, 2)}'`]),
  ]
  return lines.join(' \\\n  ')
}

const keyOr = (one: DescribedParameter): string =>
  one.name === 'Idempotency-Key' ? '0f8fad5b-d9cb-469f-a165-70867728950e' : own(one)

/** The typed client makes idempotency keys itself. */
export function clientOf(operation: Described): string {
  const scope = operation.scopes.length > 0 ? `, scope: '${operation.scopes.join(' ')}'` : ''
  const credentials = operation.scopes.length > 0 ? ', clientId, key' : ''
  return `import { createClient } from 'delta-gateway/client'

const client = createClient({ url${credentials}${scope} })
${callOf(operation)}`
}

function callOf(operation: Described): string {
  if (operation.id === 'upload') return "const uploadId = await client.upload('document.pdf', bytes)"
  if (takesFile(operation))
    return `const body = new FormData()
body.append('file', new File([bytes], 'photo.jpg', { type: 'image/jpeg' }))
const { data } = await client.${operation.method.toLowerCase()}('${operation.path}', { body: body as never })`
  const places = (['path', 'query', 'header'] as const).flatMap((place) => {
    const given = of(operation, place).filter(({ name }) => name !== 'Idempotency-Key')
    return given.length === 0 ? [] : [`${place}: { ${given.map(member).join(', ')} }`]
  })
  const example = exampleOf(operation)
  const parts = [
    ...(places.length > 0 ? [`params: { ${places.join(', ')} }`] : []),
    ...(example === undefined ? [] : [`body: ${literal(example)}`]),
  ]
  const init = parts.length === 0 ? '' : `, {\n  ${parts.join(',\n  ')},\n}`
  return `const { data } = await client.${operation.method.toLowerCase()}('${operation.path}'${init})`
}

function member(one: DescribedParameter): string {
  const name = /^\w+$/.test(one.name) ? one.name : `'${one.name}'`
  const type = alternatives(one.schema).some[0]?.['type']
  return `${name}: ${type === 'integer' || type === 'boolean' ? own(one) : `'${own(one)}'`}`
}

/** JSON as it is written in TypeScript. */
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .replaceAll(/^(\s*)"([A-Za-z_]\w*)":/gm, '$1$2:')
    .replaceAll('\n', '\n  ')
