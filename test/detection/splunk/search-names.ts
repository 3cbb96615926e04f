import type { Evaluation, Search } from '../../../src/detection/frontends/splunk/spl/ast.ts';

/** What a search uses: names of commands, of statistics and of functions of `eval`. */
export function namesIn(search: Search): readonly string[] {
  return search.commands.flatMap((command) => {
    switch (command.name) {
      case 'where':
        return ['where', ...functionsIn(command.where)];
      case 'eval':
        return ['eval', ...command.assignments.flatMap(({ value }) => functionsIn(value))];
      case 'stats':
      case 'eventstats':
        return [
          command.name,
          ...command.statistics.flatMap(({ name, argument }) => [
            statistic(name.text),
            ...(argument?.kind === 'eval' ? functionsIn(argument.value) : []),
          ]),
        ];
      default:
        return [command.name];
    }
  });
}

const statistic = (name: string): string => `${name.replace(/^(perc|p)\d+$/, '$1<N>')}()`;

function functionsIn(item: Evaluation): readonly string[] {
  switch (item.kind) {
    case 'call':
      return [`eval ${item.name.text}()`, ...item.args.flatMap(functionsIn)];
    case 'unary':
      return functionsIn(item.item);
    case 'binary':
      return [`eval a ${item.operator} b`, ...functionsIn(item.left), ...functionsIn(item.right)];
    case 'field':
    case 'text':
    case 'number':
      return [];
  }
}
