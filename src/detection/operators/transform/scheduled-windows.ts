import { noResource } from '../../../record/record.ts';
import type { Stored } from '../../../store/store.ts';
import type { Finding } from '../../finding.ts';
import type { Plan } from '../../plan/plan.ts';
import { announceOfPane } from '../announce-of-pane.ts';
import { keyOf } from '../combinations.ts';
import type { Keeper } from '../keeper.ts';
import type { Origins } from '../origins.ts';
import type { Pane } from '../panes.ts';
import type { Around, Emit } from '../row-consumer.ts';
import { fanOutText, groupsText, roomText, valuesText } from '../shortage-text.ts';
import type { Turn } from '../turn.ts';
import type { Shortage } from './stats-table.ts';
import { readTableRow, storedTableRow, type StoredTableRow } from './stored-table-row.ts';
import type { Columns, TableRow } from './table-row.ts';
import type { WaitingRows } from './waiting-rows.ts';

/** Begins the keys of rows that have gone through all stages; no key of a waiting row begins so. */
const resultMark = '=';

/** A row of the result, and what makes the id of its finding. */
type StoredResult = StoredTableRow & { readonly key: string };

/**
 * The windows of a scheduled search: when one runs, its rows go through the stages that waited for them, and what is left
 * takes their place in the state. From there the rows of the result leave one by one.
 */
export class ScheduledWindows implements Keeper {
  readonly name: string;
  readonly atEnd = 'close';
  readonly #plan: Plan;
  readonly #around: Around;
  readonly #waiting: WaitingRows;
  readonly #origins: Origins;
  readonly #emit: Emit;

  constructor(
    name: string,
    plan: Plan,
    given: { readonly waiting: WaitingRows; readonly origins: Origins },
    around: Around,
    emit: Emit,
  ) {
    this.name = name;
    this.#plan = plan;
    this.#around = around;
    this.#waiting = given.waiting;
    this.#origins = given.origins;
    this.#emit = emit;
  }

  settle(pane: Pane, turn: Turn): void {
    const { rows } = turn;
    const entries = rows.scan(pane.table);
    if (entries[0]?.[0].startsWith(resultMark) === true) return;
    const at = { now: pane.end, references: this.#around.references };
    const shortages: Shortage[] = [];
    const result = this.#waiting.run(entries, at, (shortage) => void shortages.push(shortage));
    for (const [key] of entries) rows.delete(pane.table, key);
    for (const [index, row] of withKeys(result, pane).entries()) {
      rows.put(pane.table, `${resultMark}${String(index).padStart(12, '0')}`, row);
    }
    for (const shortage of shortages) this.#announce(shortage, pane, result, turn);
  }

  expire({ start, end, closes }: Pane, _: string, value: Stored, turn: Turn): void {
    // What settled holds nothing else, and the store answers for its rows.
    const { key, ...stored } = value as StoredResult;
    const { columns, trace } = readTableRow(stored);
    const [context, resource] = trace.origin ?? [];
    const finding: Finding = {
      plan: this.#plan,
      kind: 'close',
      time: BigInt(trace.to),
      window: { start, end, final: true, run: closes },
      late: false,
      columns,
      count: trace.events,
      keys: [key],
      evidence: trace.evidence.map(([, id]) => id),
      context: context === undefined ? {} : this.#origins.context(context),
      resource: resource === undefined ? noResource : this.#origins.resource(resource),
    };
    this.#emit(finding, turn);
  }

  #announce(
    { combinations, groups, values }: Shortage,
    pane: Pane,
    result: readonly TableRow[],
    turn: Turn,
  ): void {
    const { limits } = this.#around;
    const source = result.find(({ trace }) => trace.origin !== null)?.trace.origin?.[1];
    const resource = source === undefined ? noResource : this.#origins.resource(source);
    const say = (kind: string, message: string): void =>
      announceOfPane(this.#plan, pane, { kind, message, time: pane.end, resource }, turn);
    if (combinations) say('fan_out', fanOutText(limits.combinations));
    if (groups) say('groups_overflow', groupsText(roomText(limits, false)));
    if (values.length > 0) say('values_cut', valuesText(values, limits.values));
  }
}

/**
 * The rows with a key each, made of the run and their columns: the same window may be looked at by two runs, and rows
 * that are equal get a number.
 */
function withKeys(rows: readonly TableRow[], { closes }: Pane): readonly StoredResult[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = keyOf([closes.toString(), ...columnTexts(row.columns)]);
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return { ...storedTableRow(row), key: number === 1 ? key : `${key} ${number}` };
  });
}

const columnTexts = (columns: Columns): readonly string[] =>
  [...columns].map(([name, values]) => JSON.stringify([name, values])).sort();
