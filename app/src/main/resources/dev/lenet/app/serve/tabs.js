// Tabs as WAI-ARIA has them: arrows, Home and End move between them, one of them is in the order of Tab.

/** @param changed called with the id of the panel that is shown */
export function tabs(list, changed) {
  const all = [...list.querySelectorAll('[role=tab]')];

  function select(tab) {
    for (const each of all) {
      const selected = each === tab;
      each.setAttribute('aria-selected', selected);
      each.tabIndex = selected ? 0 : -1;
      document.getElementById(each.getAttribute('aria-controls')).hidden = !selected;
    }
    const panel = tab.getAttribute('aria-controls');
    history.replaceState(null, '', `#${panel.replace('panel-', '')}`);
    changed(panel);
  }

  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) {
      select(tab);
    }
  });
  list.addEventListener('keydown', (event) => {
    const at = all.indexOf(document.activeElement);
    const next = {
      ArrowRight: (at + 1) % all.length,
      ArrowLeft: (at + all.length - 1) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (at >= 0 && next !== undefined) {
      event.preventDefault();
      all[next].focus();
      select(all[next]);
    }
  });
  select(all.find((tab) => tab.id === `tab-${location.hash.slice(1)}`) ?? all[0]);
}
