import { isIP } from 'node:net';
import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { textOf, textsOf, type YamlTree } from '../../../util/yaml/yaml-tree.ts';
import { allOf, anyOf } from '../../plan/combine.ts';
import type { Expr, Test } from '../../plan/expr.ts';
import type { FieldRef } from '../../plan/field.ts';

/** Turns the name that a condition uses into a field; a text says why it cannot be one. */
export type FieldResolver = (name: string) => FieldRef | string;

/**
 * The expression of a condition that has passed the schema (condition-schema.ts): a map is "and", a list "or".
 * What only a look at the values shows (a pattern that cannot be compiled, an unknown field) is added to the
 * file's problems; the expression is then not to be used.
 */
export function compileCondition(file: YamlFile, tree: YamlTree, resolve: FieldResolver): Expr {
  const items = Array.from(tree.children, ([key, child]): Expr => {
    switch (key) {
      case 'all':
        return allOf(Array.from(child.children.values(), (item) => compileCondition(file, item, resolve)));
      case 'any':
        return compileCondition(file, child, resolve);
      case 'not':
        return { kind: 'not', item: compileCondition(file, child, resolve) };
      default:
        return typeof key === 'number'
          ? compileCondition(file, child, resolve)
          : fieldTest(file, key, child, resolve);
    }
  });
  return Array.isArray(tree.value) ? anyOf(items) : allOf(items);
}

function fieldTest(file: YamlFile, name: string, tree: YamlTree, resolve: FieldResolver): Expr {
  const field = resolve(name);
  if (typeof field !== 'string') return new FieldTests(file, field).compile(tree, true);
  file.error(tree.path, field, 'key');
  return anyOf([]);
}

class FieldTests {
  readonly #file: YamlFile;
  readonly #field: FieldRef;

  constructor(file: YamlFile, field: FieldRef) {
    this.#file = file;
    this.#field = field;
  }

  /** `fold` holds unless the map, or one around it, says otherwise. */
  compile(tree: YamlTree, fold: boolean): Expr {
    const isMap = tree.keys.size > 0;
    if (!isMap) return this.#equals(tree, fold);
    const given = tree.children.get('case');
    const inner = given === undefined ? fold : textOf(given) === 'insensitive';
    const items: Expr[] = [];
    for (const [key, child] of tree.children) {
      if (key !== 'case') items.push(this.#operator(String(key), child, inner));
    }
    return allOf(items);
  }

  #operator(name: string, tree: YamlTree, fold: boolean): Expr {
    switch (name) {
      case 'not':
        return { kind: 'not', item: this.compile(tree, fold) };
      case 'exists':
        return tree.value === true
          ? this.#test({ op: 'exists' })
          : { kind: 'not', item: this.#test({ op: 'exists' }) };
      case 'glob':
        return this.#glob(tree, fold);
      case 'contains':
      case 'starts_with':
      case 'ends_with':
        return this.#test({ op: name, values: textsOf(tree), fold });
      case 'regex':
        return anyOf(textsOf(tree).map((pattern) => this.#regex(tree, pattern, fold)));
      case 'cidr':
        return this.#test({ op: 'cidr', networks: textsOf(tree).map((text) => this.#network(tree, text)) });
      case 'at_least':
        return this.#compare('>=', tree);
      case 'above':
        return this.#compare('>', tree);
      case 'at_most':
        return this.#compare('<=', tree);
      case 'below':
        return this.#compare('<', tree);
      default:
        return this.#test({ op: 'equals', values: textsOf(tree), fold });
    }
  }

  #equals(tree: YamlTree, fold: boolean): Expr {
    const values = textsOf(tree);
    const star = values.find((value) => value.includes('*'));
    if (star !== undefined) {
      this.#file.warning(
        tree.path,
        `"${star}" is compared as it stands, with its "*"; for a pattern write {glob: ...}`,
      );
    }
    return this.#test({ op: 'equals', values, fold });
  }

  #glob(tree: YamlTree, fold: boolean): Expr {
    const patterns = textsOf(tree);
    const broken = patterns.find((pattern) => /(?<!\\)(?:\\\\)*\\$/.test(pattern));
    if (broken !== undefined) {
      this.#file.error(
        tree.path,
        `the pattern "${broken}" ends in a lone "\\"; write "\\\\" for a backslash`,
      );
    }
    return this.#test({ op: 'glob', patterns, fold });
  }

  #regex(tree: YamlTree, pattern: string, fold: boolean): Expr {
    const reason = regexProblem(pattern);
    if (reason !== undefined) this.#file.error(tree.path, reason);
    return this.#test({ op: 'regex', pattern, fold });
  }

  /** A single address stands for the network that holds only it. */
  #network(tree: YamlTree, text: string): string {
    const [address = '', length, ...rest] = text.split('/');
    const bits = isIP(address) === 6 && !address.includes('%') ? 128 : isIP(address) === 4 ? 32 : 0;
    const valid = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
    if (bits > 0 && valid && rest.length === 0) return `${address}/${Number(length ?? bits)}`;
    this.#file.error(
      tree.path,
      `"${text}" is no network; write an address and a prefix length, such as "10.0.0.0/8"`,
    );
    return text;
  }

  #compare(comparison: '<' | '<=' | '>' | '>=', tree: YamlTree): Expr {
    return this.#test({ op: 'compare', comparison, value: Number(tree.value) });
  }

  #test(test: Test): Expr {
    return { kind: 'test', field: this.#field, test };
  }
}

const maxPattern = 4_096;

/** Why RE2 does not take a pattern, and where in it; undefined if it does. */
function regexProblem(pattern: string): string | undefined {
  if (pattern.length > maxPattern) return `the pattern is longer than ${maxPattern} characters`;
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const part = error.getPattern() ?? '';
    const at = part === '' ? -1 : pattern.lastIndexOf(part);
    const where = at === -1 ? '' : `, at character ${at + 1}: "${part}"`;
    return `the pattern is not valid (RE2 syntax): ${error.getDescription()}${where}`;
  }
}
