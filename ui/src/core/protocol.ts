// The values that travel between the server extension and the browser; see docs/architecture.md.

export type Language = 'nl' | 'en';

export interface Text {
  nl: string;
  en: string;
}

export type Power = 'off' | 'booting' | 'running' | 'paused' | 'missing';
export type Result = 'pass' | 'fail' | 'error';
export type State = 'starting' | 'running' | 'stopped' | 'finished';

export interface Cable {
  machine: string;
  nic: string;
  connected: boolean;
  delay: number;
  loss: number;
  rate: number;
}

export interface Machine {
  name: string;
  label: Text;
  hostname: string;
  access: 'console' | 'ssh' | 'none';
  power: Power;
  cables: Cable[];
}

export interface Network {
  id: string;
  label: Text;
  plugs: { machine: string; nic: string }[];
}

export interface Choice {
  id: string;
  label: Text;
}

export interface Cause extends Choice {
  ruled_out_by: Text;
}

export interface Place extends Choice {
  causes: Cause[];
}

export interface RoutineTest extends Choice {
  results: Choice[];
}

export interface Form {
  places: Place[];
  tests: RoutineTest[];
}

export interface Diagnosis {
  place: string;
  cause: string | null;
  proof: Record<string, string>;
}

export interface Handover {
  place: string;
  tests: Record<string, string>;
}

export interface Question {
  id: string;
  text: Text;
  answer: string;
  /** What a good answer is; only beside an answer, in free practice. */
  example: Text | null;
}

export interface Policy {
  hints: 'free' | 'priced' | 'off';
  hint_price: number;
  attempts: number;
  closes: number | null;
  record_terminals?: boolean;
}

export type ScreenKind = 'browser' | 'display' | 'paper' | 'mailbox';

/** A screen of the customer's that may be looked at. */
export interface ScreenView {
  id: string;
  kind: ScreenKind;
  machine: string;
  title: Text;
  address: string;
  seconds: number;
}

export type Trouble =
  | 'name'
  | 'route'
  | 'refused'
  | 'timeout'
  | 'ended'
  | 'server'
  | 'not-there'
  | 'away'
  | 'odd'
  | 'silent'
  | 'off'
  | 'unseen';

export interface Shown {
  /** `body` was made harmless by the server; it is drawn in a sandbox all the same. */
  page: { title: string; body: string; language: string } | null;
  text: string;
  messages: { sender: string; subject: string; date: string; text: string }[];
  cut: boolean;
}

/** A screen as it was at the moment `at`. */
export interface Look {
  screen: string;
  at: number;
  shown: Shown | null;
  trouble: Trouble | null;
  status: number;
  address: string;
  silent: Text | null;
}

export interface View {
  slug: string;
  title: Text;
  /** Of a session that was finished there is no view. */
  state: Exclude<State, 'finished'>;
  mode: 'practice' | 'evaluation';
  ticket: Text;
  machines: Machine[];
  remit: { may: Text[]; may_not: Text[] };
  form: Form;
  hints_shown: number;
  hints_of: number;
  diagnosis: Diagnosis | null;
  handover: Handover | null;
  seconds: number;
  /** When it was started, in seconds since 1970. */
  started?: number;
  sheet: Text[];
  networks?: Network[];
  questions?: Question[];
  assignment?: string;
  attempt?: number;
  policy?: Policy;
  closed?: boolean;
  handed_in?: string;
  screens?: ScreenView[];
  resets?: number;
  /** Whether terminals are recorded; null until the learner was told. */
  recording?: boolean | null;
}

/** A recording of a terminal, as it is listed. */
export interface Recording {
  id: string;
  machine: string;
  started: number;
  seconds: number;
  size: number;
  full: boolean;
}

export interface Line {
  check: string;
  aspect: string;
  result: Result;
  text: Text;
}

export interface Score {
  repair: number;
  repair_of: number;
  diagnosis: number;
  diagnosis_of: number;
}

export interface Report {
  lines: Line[];
  score: Score | null;
  seconds: number;
}

export interface Finding {
  machine: string;
  path: string;
  concern: string;
}

export interface AfterRestart {
  now: Report;
  later: Report;
  findings: Finding[];
  sha256: string;
  size: number;
  unheld: string[];
}

export interface HandedIn {
  sha256: string;
  size: number;
  captured: number;
}

export interface Hint {
  number: number;
  of: number;
  text: Text;
}

export interface Reply {
  accepted: boolean;
  text: Text;
}

export interface Summary {
  slug: string;
  module: string;
  title: Text;
  summary: Text;
  level: string;
  minutes: number;
  state: State | null;
  proven: boolean;
  /** When something last happened in its session (seconds since 1970); 0 when it had none. */
  used: number;
  /** How long its machines took to be made the last time here; 0 when that is not known. */
  start_seconds: number;
  /** The assignment of its session; empty in free practice. */
  assignment: string;
  notebook?: string | null;
}

export interface Busy {
  verb: string;
  step: string;
  done: number;
  total: number;
}

/** The whole of what a panel shows. */
export interface DeskState {
  view: View | null;
  language: Language;
  busy: Busy | null;
  report: Report | null;
  later: AfterRestart | null;
  hints: Hint[];
  reply: Reply | null;
  handed: HandedIn | null;
  /** The file, beside the notebook, in which that was written. */
  handed_file?: string;
  /** What was typed and not given as an answer yet, by question. */
  drafts?: Record<string, string>;
  /** What the list says of the lab; null when it is not there any more. */
  summary: Summary | null;
  /** Whether it may be told what would have ruled each cause out. */
  ruled_out: boolean;
  /** Why what is shown may be old, or missing. */
  trouble?: { key: string; text: string } | null;
}

export interface Failure {
  verb: string;
  key: string;
  text: string;
}

export type FromServer =
  | ({ kind: 'state' } & DeskState)
  | ({ kind: 'progress' } & Busy)
  | ({ kind: 'failed'; id: number } & Failure)
  | { kind: 'look'; look: Look }
  | { kind: 'unseen'; screen: string; key: string; text: string };

export type Verb =
  | { do: 'start' | 'check' | 'after-restart' | 'reset' | 'stop' }
  /** `sure`: also where an attempt is used up for nothing. */
  | { do: 'finish'; sure: boolean }
  | { do: 'hand-in'; sha256: string }
  | { do: 'hint'; sure: boolean }
  | { do: 'diagnose'; diagnosis: Diagnosis }
  | { do: 'answer' | 'draft'; question: string; text: string }
  | { do: 'hand-over'; handover: Handover }
  | { do: 'cable'; cable: Cable }
  | { do: 'record'; on: boolean }
  | { do: 'leave-out'; recording: string };
