// The answer, and a bar for each class.

export class Probabilities {
  #rows = [];
  #classes;
  #digit = document.getElementById('digit');
  #sure = document.getElementById('sure');
  #doubt = document.getElementById('doubt');
  #spoken = document.getElementById('spoken');
  #speaking;

  constructor(list, classes) {
    this.#classes = classes;
    list.classList.toggle('many', classes.length > 12);
    list.classList.toggle('words', classes.some((name) => name.length > 2));
    for (const name of classes) {
      const row = document.createElement('li');
      const label = document.createElement('span');
      label.className = 'class';
      label.textContent = name;
      const track = document.createElement('span');
      track.className = 'track';
      const bar = document.createElement('span');
      bar.className = 'fill';
      track.append(bar);
      const value = document.createElement('span');
      value.className = 'value';
      row.append(label, track, value);
      list.append(row);
      this.#rows.push({ row, bar, value });
    }
    this.show(null);
  }

  /** @param answer of the server, or null for none */
  show(answer) {
    const probabilities = answer?.probabilities;
    const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
    this.#rows.forEach(({ row, bar, value }, k) => {
      const share = probabilities?.[k] ?? 0;
      row.classList.toggle('best', k === best);
      bar.style.transform = `scaleX(${share})`;
      value.textContent = probabilities ? percent(share) : '';
    });
    const name = best < 0 ? '–' : this.#classes[best];
    this.#digit.textContent = name;
    this.#digit.classList.toggle('word', name.length > 2);
    this.#digit.classList.toggle('doubtful', Boolean(answer?.doubtful));
    this.#sure.textContent = best < 0 ? 'nothing yet' : `${percent(probabilities[best])} sure`;
    this.#doubt.textContent = doubt(answer);
    this.#speak(best < 0 ? '' : [`Read as ${name}, ${percent(probabilities[best])}`, doubt(answer)].filter(Boolean).join(', '));
  }

  /** To screen readers, once the pen rests. */
  #speak(text) {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => { this.#spoken.textContent = text; }, 400);
  }
}

/** Why one should not trust the answer; empty if one may. */
function doubt(answer) {
  if (!answer?.doubtful) {
    return '';
  }
  return answer.strange ? 'doubtful: unlike what it learnt from' : 'doubtful';
}

function percent(share) {
  const value = 100 * share;
  return `${value.toFixed(value > 99.95 || value < 0.05 ? 0 : 1)} %`;
}
