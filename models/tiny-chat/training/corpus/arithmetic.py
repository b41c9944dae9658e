"""Small sums in many wordings; the answer is always the equation with its result."""

import random

from .grammar import expand

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "? ? twenty thirty forty fifty sixty seventy eighty ninety".split()
_THINGS = (
    "apples coins books stones eggs pens cookies shells cards cups balls stamps cats tokens cycles canisters pears nuts chairs "
    "tickets candles bottles flowers dogs ducks birds fish boxes keys buttons marbles sweets plums lemons cakes trees letters "
    "files models points dollars euros children people cars bikes rooms days pages stars hats shoes spoons"
).split()
_WHO = "Tom Anna Ben Lisa Max Eva Sam Kim Mia Leo Nora Paul Ruby she he my_friend my_sister a_boy the_farmer".split()

ASKS = {
    "+": ["{a} plus {b}", "{a}+{b}", "{a} + {b}", "{a} and {b}", "the sum of {a} and {b}"],
    "-": ["{a} minus {b}", "{a}-{b}", "{a} - {b}", "{a} take away {b}", "the difference of {a} and {b}", "{a} less {b}"],
    "*": ["{a} times {b}", "{a}*{b}", "{a} * {b}", "{a} x {b}", "{a}x{b}", "{a} multiplied by {b}", "the product of {a} and {b}"],
    "/": ["{a} divided by {b}", "{a}/{b}", "{a} / {b}", "{a} over {b}", "{a} : {b}"],
}
FRAMES = [
    "what is {s}", "what's {s}", "whats {s}", "{s}", "{s} =", "{s} = ?", "{s}=", "how much is {s}", "calculate {s}",
    "compute {s}", "can you calculate {s}", "tell me {s}", "tell me what {s} is", "what does {s} make",
    "what do you get for {s}", "{s} is what", "{s} equals what", "do you know what {s} is", "please calculate {s}",
    "can you tell me what {s} is", "what is the result of {s}", "work out {s}", "solve {s}", "I need {s}", "give me {s}",
    "I want to know what {s} is", "could you compute {s}", "what are {s}", "{s} makes", "do the sum {s}", "result of {s}",
    "what would {s} be", "and {s}", "and what is {s}", "now {s}", "how many is {s}", "what is {s} equal to", "answer {s}",
    "(find|figure out|evaluate|count|determine) {s}", "let me know what {s} is", "say what {s} is", "{s}, what is (it|that)",
    "do you know how much {s} is", "(tell me|say) how much {s} is", "the (answer|result|solution) (to|of) {s}", "(math|sum|homework): {s}",
    "I (have to|must|should|want to) (compute|calculate|solve|work out) {s}", "(please|can you) (help me with|solve|do|work out) {s}",
    "how much (would|does|will) {s} (make|be|give)", "what (does|will|would) {s} (give|yield|come to)", "is {s} hard", "what value (has|does) {s} (have|)",
    "(I think|I forgot|I wonder|I can't remember) what {s} is", "show me (the result of|) {s}", "so {s} is", "{s} is how much",
    "when I (type|enter) {s}, what is shown", "and if I (compute|work out) {s}", "what is the (value|answer|solution|total) of {s}",
]
HELD_FRAMES = [
    "could you tell me how much {s} is", "what does {s} equal", "if I calculate {s}, what do I get", "what number is {s}",
    "mind computing {s}", "how much do you get for {s}",
]
SPECIAL = {
    "+": [
        "add {a} and {b}", "add {a} and {b}", "add {a} to {b}", "add up {a} and {b}", "can you add {a} and {b}", "sum {a} and {b}",
        "(please|now|let me|I want to|) add {a} (and|to|plus|with) {b} (for me|)", "(can|could) you (sum up|add together|add up) {a} and {b}",
        "(when|if) I (add|put|count) {a} (and|to|with) {b} (together|), (what comes out|what is it|what is the result|how much is that|what will I have)",
        "adding {a} (and|to) {b} (gives|makes|is|)", "(what|how much) do I (have|get) (when|if) I add {a} (and|to) {b}",
        "what is {a} added to {b}", "add (the numbers|these two:) {a} and {b}", "{a} and {b}, add them (up|)",
        "I have {a} {t} and get {b} more, how many {t} do I have", "I have {a} {t} and you have {b} {t}, how many together",
        "Tom has {a} {t} and finds {b} more. How many {t} does he have", "{a} {t} and {b} {t}, how many {t} are that",
        "there are {a} {t} and then {b} more come. How many are there", "what do {a} and {b} make together",
        "if I add {b} to {a}, what is it", "increase {a} by {b}", "{b} more than {a}", "what is {b} more than {a}",
        "{who} (has|had|owns|bought|sees) {a} {t} and (gets|finds|buys|takes|is given|wins) {b} more(, |. )how many {t} (is that|are there|are there now|in all|altogether)",
        "(I|we|you) (have|had|bought|found|saw) {a} {t} (on Monday|yesterday|), then {b} (more|others), how many (altogether|in all|in total|are that)",
        "{a} {t} (here|on the table|in a box) and {b} {t} (there|on the floor|in a bag), how many (in all|together|in total)",
        "(at first|first) there (are|were) {a} {t}, then {b} (more|are added|come), how many (now|then)", "{a} {t} plus {b} {t}",
        "{a} increased by {b}", "(count|take|get) {a} {t} and {b} {t} together", "add {a} onto {b}", "what (is|do I get if I have) {a} with {b} added",
        "how many {t} are {a} {t} and {b} {t}", "{a} and {b} (together|added|in sum)", "a box has {a} {t}, another has {b}. (total|how many in both)",
    ],
    "-": [
        "subtract {b} from {a}", "take {b} from {a}", "take {b} away from {a}", "can you subtract {b} from {a}",
        "I have {a} {t} and give away {b}, how many {t} are left", "I had {a} {t} and lost {b}. How many are left",
        "Anna has {a} {t} and eats {b}. How many {t} are left", "{a} {t} less {b}, how many {t}", "decrease {a} by {b}",
        "{b} less than {a}", "what is {b} less than {a}", "what is left if I take {b} from {a}",
        "{who} (has|had|owns|bought) {a} {t} and (loses|eats|breaks|spends|gives away|throws away|uses) {b}(, |. )how many (are left|{t} are left|remain now|are still there)",
        "(I|we|you) (have|had|bought) {a} {t} and (lose|ate|broke|spend|used|drop) {b}, how many (are left|{t} are left|do I still have|stay)",
        "{a} {t}, {b} of them (are broken|are gone|fly away|are eaten|go home), how many (are left|stay|are still there)",
        "there (are|were) {a} {t} and {b} (leave|go away|are taken|disappear), how many are (left|still there)",
        "{a} decreased by {b}", "{a} (reduced|lowered) by {b}", "how much (more|bigger) is {a} than {b}", "how much less is {b} than {a}",
        "(from|out of) {a} take {b}", "how far is it from {b} to {a}", "what (is missing|do I need) from {b} to {a}", "{a} {t} minus {b} {t}",
        "{b} (off|away from|taken from|subtracted from) {a}", "deduct {b} from {a}", "{a} without {b}", "if I take {b} away from {a}, what is left",
    ],
    "*": [
        "multiply {a} by {b}", "multiply {a} and {b}", "can you multiply {a} by {b}", "{a} boxes with {b} {t} each, how many {t}",
        "I have {a} bags with {b} {t} in each, how many {t} do I have",
        "{a} (bags|boxes|baskets|shelves|tables|plates) (with|of|hold) {b} {t} each, how many (in all|altogether|{t} are that)",
        "{who} (has|buys|fills) {a} (bags|boxes|baskets) with {b} {t} each, how many {t} (is that|are there)",
        "{a} (children|people|friends|dogs) (have|get|bring) {b} {t} each, how many {t} (together|in all|are that)",
        "each of {a} (boxes|children|bags) has {b} {t}, how many (altogether|are there)", "{t} cost {b} dollars each, how much do {a} {t} cost",
        "{a} groups of {b}", "what is {a} groups of {b} {t}", "{b} {t} a day for {a} days, how many (are that|in all)", "times table: {a} by {b}",
        "{a} by {b}", "what do I get when I multiply {a} (by|with|and) {b}", "{a} times as many as {b}", "multiply {b} with {a}",
    ],
    "/": [
        "divide {a} by {b}", "can you divide {a} by {b}", "share {a} {t} among {b} friends, how many does each get",
        "split {a} into {b} equal parts",
        "(share|divide|split) {a} {t} (between|among|equally among) {b} (children|friends|dogs|people), how many (each|does each get|for everyone)",
        "{who} (shares|splits) {a} {t} among {b} (friends|children), how many does (each|everyone) get",
        "{a} {t} (in|into|on) {b} (boxes|bags|plates|rows), how many in each", "how often does {b} (fit|go) into {a}", "how many times does {b} go into {a}",
        "{b} (children|friends|dogs) get {a} {t} together, how many does each get", "{a} split by {b}", "cut {a} into {b} parts",
    ],
}
HELD_SPECIAL = {
    "+": ["you get {b} {t} on top of {a}, what is the total number", "put {a} and {b} together, what comes out"],
    "-": ["from {a} {t} I sell {b}, what remains", "remove {b} from {a}, what is that"],
    "*": ["{a} rows of {b} {t}, what is the total"],
    "/": ["{b} people share {a} {t}, how many for each"],
}
TOO_HARD = "That is too hard for me: I know sums with numbers up to 99 and the times tables up to 12."
UNEVEN = "{a} does not divide evenly by {b}."


def in_words(number):
    """0..99 as English words."""
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + ("-" + _ONES[number % 10] if number % 10 else "")


def held_out(op, a, b):
    """Whether a sum or difference is kept for the evaluation: one in eight, whatever the order of a sum's operands."""
    if op == "+":
        a, b = min(a, b), max(a, b)
    return op in "+-" and random.Random(f"{op} {a} {b}").random() < 0.125


def result(op, a, b):
    """The answer text of a op b with operands the model is meant to know."""
    if op == "/":
        return f"{a} / {b} = {a // b}." if a % b == 0 else UNEVEN.format(a=a, b=b)
    value = a + b if op == "+" else a - b if op == "-" else a * b
    return f"{a} {op} {b} = {value}."


def operands(op, rng):
    """A random pair for an operation, small numbers most often."""
    if op in "+-":
        top = rng.choice([10, 20, 20, 50, 99, 99, 99])
        a, b = rng.randint(0, top), rng.randint(0, top)
        if op == "-" and a < b and (top > 20 or rng.random() < 0.7):
            a, b = b, a
        return a, b
    a, b = rng.randint(0, 12), rng.randint(0, 12)
    if op == "*":
        return a, b
    b = max(b, 1)
    return (a * b, b) if rng.random() < 0.72 else (rng.randint(1, 50), rng.randint(2, 10))


def wording(op, a, b, rng, held=False):
    """A question for a op b. held: in a wording that is never trained on. Where the order does not matter, the numbers are
    said in the order of the equation, so that its left side is copied from left to right."""
    show = in_words if max(a, b) < 100 and rng.random() < 0.2 else str
    special = (HELD_SPECIAL if held else SPECIAL)[op]
    if rng.random() < (0.3 if held else 0.4):
        who = rng.choice(_WHO).replace("_", " ")
        frame = expand(rng.choice(special), rng)
        if op in "+*" and frame.index("{b}") < frame.index("{a}"):
            a, b = b, a
        return frame.format(a=show(a), b=show(b), t=rng.choice(_THINGS), who=who)
    frame = expand(rng.choice(HELD_FRAMES if held else FRAMES), rng)
    return frame.format(s=rng.choice(ASKS[op]).format(a=show(a), b=show(b)))


def drill(rng):
    """Up to ten sums as terse as they are typed into a calculator, for a conversation that trains nothing but numbers."""
    pairs = []
    for op in rng.choices("+-*/", [3, 4, 2, 1.5], k=rng.randint(5, 10)):
        a, b = operands(op, rng)
        if not held_out(op, a, b):
            sign = rng.choice(ASKS[op][:3] if op != "*" else ASKS[op][:5])
            pairs.append((rng.choice(["{s}", "{s}", "what is {s}", "and {s}", "{s} ="]).format(s=sign.format(a=a, b=b)), result(op, a, b)))
    return pairs


def sum_turn(rng, held=False):
    """(question, answer) of one sum. held: a pair and a wording that are never trained on."""
    while True:
        op = rng.choices("+-*/", [5, 4.5, 4, 3])[0] if not held else rng.choice("++-")
        a, b = operands(op, rng)
        if held_out(op, a, b) == held:
            return wording(op, a, b, rng, held), result(op, a, b)


def hard_turn(rng):
    """A sum that is out of reach, and the answer that says so."""
    kind = rng.random()
    if kind < 0.25:
        op, a, b = rng.choice("++---*/"), rng.randint(100, 250), rng.randint(1, 250)
        if op == "+" and rng.random() < 0.5:
            a, b = b, a
    elif kind < 0.65:
        a, b = rng.randint(100, 10 ** rng.randint(3, 6)), rng.randint(0, 10 ** rng.randint(1, 5))
        if rng.random() < 0.5:
            a, b = b, a
        op = rng.choice("++-*/")
    elif kind < 0.85:
        op, a, b = "*", rng.randint(13, 99), rng.randint(3, 99)
        if rng.random() < 0.5:
            a, b = b, a
    else:
        op, a, b = rng.choice("+-*/"), f"{rng.randint(0, 99)}.{rng.randint(1, 99)}", rng.randint(2, 99)
    return expand(rng.choice(FRAMES), rng).format(s=rng.choice(ASKS[op]).format(a=a, b=b)), TOO_HARD


def other_turn(rng):
    """Neighbours, doubles, halves, comparisons, sums of three."""
    n = rng.randint(0, rng.choice([12, 30, 98]))
    kind = rng.choices(range(7), [1, 1, 2.5, 2, 1, 1, 5])[0]
    if kind == 0:
        ask = rng.choice(["what comes after {n}", "which number comes after {n}", "the number after {n}", "what number follows {n}"])
        return ask.format(n=n), f"After {n} comes {n + 1}."
    if kind == 1:
        ask = rng.choice(["what comes before {n}", "which number comes before {n}", "the number before {n}"])
        return ask.format(n=n + 1), f"Before {n + 1} comes {n}."
    if kind == 2:
        n = rng.randint(0, 49)
        ask = rng.choice(["double {n}", "{n} doubled", "the double of {n}", "two times {n}", "double the number {n}", "what is the double of {n}", "twice {n}", "what is twice {n}", "what is {n} doubled"])
        return ask.format(n=n), f"2 * {n} = {2 * n}."
    if kind == 3:
        n = 2 * rng.randint(0, 49)
        return rng.choice(["half of {n}", "the half of {n}", "what is one half of {n}", "what is half of {n}", "halve {n}", "what is {n} halved"]).format(n=n), f"{n} / 2 = {n // 2}."
    if kind == 4:
        a, b = rng.sample(range(100), 2)
        ask = rng.choice(["which is bigger, {a} or {b}", "is {a} bigger than {b}", "what is more, {a} or {b}", "is {a} less than {b}", "which number is larger: {a} or {b}"])
        return ask.format(a=a, b=b), f"{max(a, b)} is bigger than {min(a, b)}."
    if kind == 5:
        last = n + rng.randint(3, 9)
        ask = rng.choice(["count from {n} to {last}", "please count from {n} to {last}", "can you count from {n} to {last}", "list the numbers from {n} to {last}"])
        return ask.format(n=n, last=last), ", ".join(map(str, range(n, last + 1))) + "."
    a, b, c = (rng.randint(0, 9) for _ in range(3))
    return expand(rng.choice(FRAMES), rng).format(s=rng.choice(["{a}+{b}+{c}", "{a} + {b} + {c}", "{a} plus {b} plus {c}"]).format(a=a, b=b, c=c)), f"{a} + {b} + {c} = {a + b + c}."


_THEN_TIMES = [
    "times {b}", "now times {b}", "and that times {b}", "multiply it by {b}", "multiply that by {b}", "and multiplied by {b}", "* {b}",
    "x {b}", "and all that times {b}", "now multiply by {b}", "that times {b}", "and if I multiply it by {b}",
]
_THEN_OVER = [
    "divided by {b}", "and divided by {b}", "divide it by {b}", "now divide that by {b}", "/ {b}", "that divided by {b}", "divide by {b}",
]


def follow_turn(previous, rng):
    """A turn that goes on from the result of the previous equation, or None where that has no small result."""
    last = previous.rstrip(".").split("= ")[-1]
    if "=" not in previous or not last.isdigit() or int(last) > 99:
        return None
    a, b, op = int(last), rng.randint(0, 20), rng.choice("+++--***/")
    number = str(b) if rng.random() < 0.85 else in_words(b)
    if op == "*":
        if a <= 49 and rng.random() < 0.2:
            return rng.choice(["double it", "double that", "and double that", "now double it", "and the double of it"]), result("*", 2, a)
        if a > 12 and rng.random() < 0.8:
            return None
        b = rng.randint(0, 12) if a <= 12 else rng.randint(3, 20)
        return rng.choice(_THEN_TIMES).format(b=b), result("*", a, b) if a <= 12 else TOO_HARD
    if op == "/":
        b = rng.randint(2, 10)
        return rng.choice(_THEN_OVER).format(b=b), result("/", a, b)
    if op == "-" and b > a or held_out(op, a, b):
        return None
    asks = {
        "+": ["plus {b}", "and plus {b}", "and {b} more", "add {b}", "now add {b}", "add {b} to it", "and if I add {b}", "+ {b}", "{b} more"],
        "-": ["minus {b}", "and minus {b}", "take away {b}", "now subtract {b}", "subtract {b} from it", "- {b}", "{b} less"],
    }
    return rng.choice(asks[op]).format(b=number), result(op, a, b)
