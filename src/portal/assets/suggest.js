/** Suggestions under the search box: a combobox of the ARIA authoring practices. Without this script the form works by itself. */
const input = document.querySelector('input[data-suggestions]')
const PAUSE_MS = 120

if (input) {
  const list = document.createElement('ul')
  list.id = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '')
  list.className = 'suggestions'
  list.hidden = true
  input.after(list)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value)

  let at = -1
  let waiting
  let asked = 0

  const show = (items) => {
    at = -1
    input.removeAttribute('aria-activedescendant')
    list.replaceChildren(
      ...items.map((text, index) => {
        const item = document.createElement('li')
        item.id = `suggestion-${index}`
        item.setAttribute('role', 'option')
        item.setAttribute('aria-selected', 'false')
        item.textContent = text
        // Before the box loses its focus.
        item.addEventListener('pointerdown', (event) => {
          event.preventDefault()
          take(text)
        })
        return item
      }),
    )
    list.hidden = items.length === 0
    input.setAttribute('aria-expanded', String(items.length > 0))
  }
  const take = (text) => {
    input.value = text
    show([])
    input.form.requestSubmit()
  }
  const move = (to) => {
    const items = [...list.children]
    if (items.length === 0) return
    at = (to + items.length) % items.length
    for (const [index, item] of items.entries()) item.setAttribute('aria-selected', String(index === at))
    input.setAttribute('aria-activedescendant', `suggestion-${at}`)
    items[at].scrollIntoView({ block: 'nearest' })
  }

  input.addEventListener('input', () => {
    clearTimeout(waiting)
    const typed = input.value.trim()
    if (typed === '') return show([])
    waiting = setTimeout(async () => {
      asked += 1
      const mine = asked
      try {
        const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(typed)}`)
        const { items } = await answer.json()
        // An answer to what was typed before is too late.
        if (mine === asked) show(items)
      } catch {
        show([])
      }
    }, PAUSE_MS)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at - 1)
    else if (event.key === 'Escape') show([])
    else if (event.key === 'Enter' && at >= 0) take(list.children[at].textContent)
    else return
    event.preventDefault()
  })
  input.addEventListener('blur', () => show([]))
}
