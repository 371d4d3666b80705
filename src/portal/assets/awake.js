// Writing keeps the log-in awake. If it has ended all the same, the form is not sent into the void: it waits for a new log-in.
const EVERY_MS = 60_000
let last = Date.now()

/** The value that forms carry now; nothing when nobody is logged in. */
async function tokenNow() {
  last = Date.now()
  const answer = await fetch('/me/awake', { credentials: 'same-origin', redirect: 'manual' })
  return answer.ok ? (await answer.json()).token : undefined
}

for (const form of document.querySelectorAll('form[data-awake]')) {
  const over = form.querySelector('[data-over]')
  let isSending = false

  const look = async () => {
    const token = await tokenNow()
    over.hidden = token !== undefined
    if (token !== undefined) form.elements.token.value = token
    return token !== undefined
  }

  form.addEventListener('input', () => {
    if (Date.now() - last >= EVERY_MS) look().catch(() => {})
  })
  // Which button was pressed is told too: `submit()` knows none.
  const press = (button) => {
    form.querySelector('[data-pressed]')?.remove()
    if (!button?.name) return
    const told = document.createElement('input')
    Object.assign(told, { type: 'hidden', name: button.name, value: button.value })
    told.dataset.pressed = ''
    form.append(told)
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSending) return
    isSending = true
    press(event.submitter)
    // Where nobody can be asked the browser says by itself what is wrong.
    if (await look().catch(() => true)) form.submit()
    else over.scrollIntoView({ block: 'center' })
    isSending = false
  })
}
