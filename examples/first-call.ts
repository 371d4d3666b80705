import { readFileSync } from 'node:fs'
import { createClient, GatewayProblem } from 'delta-gateway/client'

const [url = 'http://localhost:8080', keyFile = '.data/sandbox-clients.json'] = process.argv.slice(2)
const clientId = 'sandbox-shanghai'
const key = JSON.parse(readFileSync(keyFile, 'utf8')).keys[clientId]
const client = createClient({ url, clientId, key, scope: 'cases events' })

const application = JSON.parse(readFileSync('examples/application.json', 'utf8'))
const { data: filed } = await client.post('/api/v1/cases', { body: application })
process.stdout.write(`${filed.caseNumber} ${filed.sentence.zh}\n`)

for await (const one of client.list('/api/v1/cases', { query: { status: 'SUBMITTED' } }))
  process.stdout.write(`${one.id} ${one.title}\n`)

try {
  await client.post('/api/v1/cases', { body: { ...application, matter: 'none' } })
} catch (error) {
  if (!(error instanceof GatewayProblem)) throw error
  process.stdout.write(`${error.code} ${error.errors.map(({ pointer }) => pointer).join(' ')}\n`)
}
