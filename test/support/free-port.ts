/** Ports for processes of their own. */
import net from 'node:net'

/** Below those that a system gives to outgoing connections and to servers that do not choose: none of them takes it before it is used. */
const [FIRST, COUNT] = [20_000, 12_000]

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port that is free now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (await isFree(port)) return port
  }
}
