// Velocity's own part of mapping templates: references, directives, truth and equality as in Java.
import { describe, expect, it } from 'vitest';
import { rendered, textOf } from './velocity-fixture.ts';

const answer = {
  status: 'SUCCEEDED',
  count: 2,
  zero: 0,
  no: false,
  none: null,
  empty: '',
  list: [{ id: 'a' }, { id: 'b' }],
  map: { 'x-y': 1, z: 'w' },
};
const withAnswer = (template: string) => textOf(`#set($a = $input.path('$'))${template}`, { answer });

describe('a reference', () => {
  it('reads properties, elements and maps by any key', () => {
    expect(withAnswer(`$a.status $a.list[1].id $a.map['x-y'] \${a.count}nd`)).toBe('SUCCEEDED b 1 2nd');
    expect(withAnswer(`#set($key = 'z')$a.map[$key] $a.map.get('z')`)).toBe('w w');
  });

  it('without a value stays as it was written, or is nothing with $!', () => {
    expect(withAnswer(`[$a.missing][$!a.missing][$\{a.none}][$!{a.none.deeper}]`)).toBe(`[$a.missing][][$\{a.none}][]`);
  });

  it('never reaches what JavaScript has and JSON has not', () => {
    expect(withAnswer('[$!a.constructor][$!a.toString][$!a.list.length][$!a.status.length][$!a.__proto__]')).toBe('[][][][][]');
  });

  it('prints maps as Java does and lists as JSON', () => {
    expect(withAnswer('$a.map $a.list')).toBe('{x-y=1, z=w} [{"id":"a"},{"id":"b"}]');
  });
});

describe('#if', () => {
  const holds = (condition: string) => withAnswer(`#if(${condition})yes#{else}no#end`) === 'yes';

  it('takes everything but false and no value as true, even 0 and the empty text', () => {
    expect(['$a.zero', '$a.empty', '$a.list', '$a.status'].map(holds)).toEqual([true, true, true, true]);
    expect(['$a.no', '$a.none', '$a.missing', '!$a.zero'].map(holds)).toEqual([false, false, false, false]);
  });

  it('compares numbers with numbers, others by their text, and no value only with none', () => {
    expect(["$a.count == '2'", "$a.status == 'SUCCEEDED'", '$a.none == $a.missing', '$a.count > 1'].map(holds)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(["$a.zero == ''", '$a.none == $a.empty', "$a.status > 'A'", '$a.zero == $a.no'].map(holds)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('combines conditions and falls through #elseif to #else', () => {
    expect(holds("($a.no || $a.count >= 2) && !($a.status != 'SUCCEEDED')")).toBe(true);
    expect(withAnswer("#if($a.no)1#elseif($a.status == 'FAILED')2#elseif($a.count < 3)3#{else}4#end")).toBe('3');
    expect(withAnswer('#if($a.no)1#elseif($a.none)2#{else}#if($a.no)3#{else}4#end#end')).toBe('4');
  });
});

describe('#foreach', () => {
  it('goes through lists and the values of maps, and knows whether another follows', () => {
    expect(withAnswer('#foreach($i in $a.list)$foreach.index:$i.id#if($foreach.hasNext),#end#end')).toBe('0:a,1:b');
    expect(withAnswer('#foreach($v in $a.map)$foreach.count$v #end')).toBe('11 2w ');
    expect(withAnswer('#foreach($v in $a.none)x#end#foreach($v in $a.status)x#end')).toBe('');
  });

  it('nests', () => {
    expect(withAnswer('#foreach($i in [1, 2])#foreach($j in [3, 4])$i$j#end/$foreach.hasNext #end')).toBe('1314/true 2324/false ');
  });
});

describe('#set', () => {
  it('names texts, numbers, lists, maps and sums; double quotes replace references', () => {
    expect(withAnswer(`#set($t = "<$a.status>")#set($s = '$a')#set($n = $a.count + 1)#set($m = {"k": [1, true]})$t $s $n $m.k $m`)).toBe(
      '<SUCCEEDED> $a 3 [1,true] {k=[1,true]}',
    );
    expect(withAnswer("#set($t = 'n' + $a.count)$t")).toBe('n2');
  });

  it('of no value leaves what was there', () => {
    expect(withAnswer("#set($x = 'old')#set($x = $a.none)$x")).toBe('old');
  });

  it('overrides status and headers, by a property, a text or a name in a variable', () => {
    const template = `#set($context.responseOverride.status = 409)#set($context.responseOverride.header.Content-Type = 'text/html')#set($context.responseOverride.header['X-A'] = 1)#set($n = 'X-B')#set($context.responseOverride.header[$n] = $context.responseOverride.status)`;
    expect(rendered(template)).toEqual({ text: '', status: 409, headers: { 'Content-Type': 'text/html', 'X-A': 1, 'X-B': 409 } });
  });
});

describe('text', () => {
  it('around directives comes out as it is; comments and raw text too', () => {
    expect(textOf('{"a": "#1 $5 100%"}\n#set($x = 1)$x')).toBe('{"a": "#1 $5 100%"}\n1');
    expect(textOf('a#* note *#b #[[$raw #if]]# ## to the end')).toBe('ab $raw #if ');
    expect(textOf('ends in #')).toBe('ends in #');
    expect(textOf(' spaces stay \n')).toBe(' spaces stay \n');
  });
});
