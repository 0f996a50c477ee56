// What the server tells of competences, and how often each was shown.

import { ask } from '../core/server';
import type { Language, Text } from '../core/protocol';
import { loadWords, type Words } from '../core/words';

export interface Competence {
  id: string;
  text: Text;
}

export interface Activity {
  id: string;
  title: Text;
  competences: Competence[];
}

export interface Module {
  id: string;
  activities: Activity[];
}

export type Mode = 'practice' | 'evaluation';

export interface Occasion {
  lab: string;
  title: Text;
  competences: string[];
  mode: Mode;
  when: number;
}

interface Told {
  language: Language;
  titles: Text[];
  modules: Module[];
  occasions: Occasion[];
}

export interface Progress extends Told {
  words: Words;
}

export async function loadProgress(): Promise<Progress> {
  const told = await ask<Told>('GET', 'api/progress');
  return { ...told, words: await loadWords(told.language) };
}

/** How often a competence was shown in a mode. */
export function times(progress: Progress, id: string, mode: Mode): number {
  return progress.occasions.filter(one => one.mode === mode && one.competences.includes(id)).length;
}

export function competencesOf(module: Module): Competence[] {
  return module.activities.flatMap(activity => activity.competences);
}

/** The competences that were shown at least once. */
export function shownOf(progress: Progress, competences: Competence[]): Competence[] {
  const shown = new Set(progress.occasions.flatMap(one => one.competences));
  return competences.filter(one => shown.has(one.id));
}
