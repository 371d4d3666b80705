/** A receiver of webhooks: `node examples/webhook.ts SECRET [PORT]` takes what the gateway posts and prints each event once. */
import { createServer } from 'node:http'
import { verifyWebhook, WebhookRefused } from 'delta-gateway/client'

const [secret = '', port = '8099'] = process.argv.slice(2)
/** A real receiver remembers them longer than the gateway tries, which is seven days. */
const seen = new Set<string>()

createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  try {
    const { id, type, data } = verifyWebhook(request.headers, Buffer.concat(chunks).toString(), { secret })
    if (!seen.has(id)) process.stdout.write(`${type} ${data.caseId} ${data.sentence.zh}\n`)
    seen.add(id)
    response.writeHead(204).end()
  } catch (error) {
    if (!(error instanceof WebhookRefused)) throw error
    response.writeHead(401).end(error.reason)
  }
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
