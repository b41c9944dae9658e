"""Small sums in many wordings; the answer is always the equation with its result."""

import random

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "? ? twenty thirty forty fifty sixty seventy eighty ninety".split()
_THINGS = "apples coins books stones eggs pens cookies shells cards cups balls stamps cats tokens cycles canisters".split()

ASKS = {
    "+": ["{a} plus {b}", "{a}+{b}", "{a} + {b}", "{a} and {b}", "the sum of {a} and {b}"],
    "-": ["{a} minus {b}", "{a}-{b}", "{a} - {b}", "{a} take away {b}", "the difference of {a} and {b}", "{a} less {b}"],
    "*": ["{a} times {b}", "{a}*{b}", "{a} * {b}", "{a} x {b}", "{a}x{b}", "{a} multiplied by {b}", "the product of {a} and {b}"],
    "/": ["{a} divided by {b}", "{a}/{b}", "{a} / {b}", "{a} over {b}", "{a} : {b}"],
}
FRAMES = [
    "what is {s}", "what's {s}", "whats {s}", "{s}", "{s} =", "{s} = ?", "{s}=", "how much is {s}", "calculate {s}",
    "compute {s}", "can you calculate {s}", "can you add up {s}", "tell me {s}", "tell me what {s} is", "what does {s} make",
    "what do you get for {s}", "{s} is what", "{s} equals what", "do you know what {s} is", "please calculate {s}",
    "can you tell me what {s} is", "what is the result of {s}", "work out {s}", "solve {s}", "I need {s}", "give me {s}",
    "I want to know what {s} is", "could you compute {s}", "what are {s}", "{s} makes", "do the sum {s}", "result of {s}",
    "what would {s} be", "and {s}", "and what is {s}", "now {s}", "how many is {s}", "what is {s} equal to", "answer {s}",
]
HELD_FRAMES = [
    "could you tell me how much {s} is", "what does {s} equal", "if I calculate {s}, what do I get", "what number is {s}",
    "mind computing {s}", "how much do you get for {s}",
]
SPECIAL = {
    "+": [
        "add {a} and {b}", "add {b} to {a}", "add up {a} and {b}", "can you add {a} and {b}", "sum {a} and {b}",
        "I have {a} {t} and get {b} more, how many {t} do I have", "I have {a} {t} and you have {b} {t}, how many together",
        "Tom has {a} {t} and finds {b} more. How many {t} does he have", "{a} {t} and {b} {t}, how many {t} are that",
        "there are {a} {t} and then {b} more come. How many are there", "what do {a} and {b} make together",
        "if I add {b} to {a}, what is it", "increase {a} by {b}", "{b} more than {a}", "what is {b} more than {a}",
    ],
    "-": [
        "subtract {b} from {a}", "take {b} from {a}", "take {b} away from {a}", "can you subtract {b} from {a}",
        "I have {a} {t} and give away {b}, how many {t} are left", "I had {a} {t} and lost {b}. How many are left",
        "Anna has {a} {t} and eats {b}. How many {t} are left", "{a} {t} less {b}, how many {t}", "decrease {a} by {b}",
        "{b} less than {a}", "what is {b} less than {a}", "what is left if I take {b} from {a}",
    ],
    "*": [
        "multiply {a} by {b}", "multiply {a} and {b}", "can you multiply {a} by {b}", "{a} boxes with {b} {t} each, how many {t}",
        "I have {a} bags with {b} {t} in each, how many {t} do I have",
    ],
    "/": [
        "divide {a} by {b}", "can you divide {a} by {b}", "share {a} {t} among {b} friends, how many does each get",
        "split {a} into {b} equal parts",
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
        top = rng.choice([10, 20, 20, 20, 50, 99])
        a, b = rng.randint(0, top), rng.randint(0, top)
        if op == "-" and a < b and (top > 20 or rng.random() < 0.7):
            a, b = b, a
        return a, b
    a, b = rng.randint(0, 12), rng.randint(0, 12)
    if op == "*":
        return a, b
    b = max(b, 1)
    return (a * b, b) if rng.random() < 0.85 else (rng.randint(1, 50), rng.randint(2, 10))


def wording(op, a, b, rng, held=False):
    """A question for a op b. held: in a wording that is never trained on."""
    show = in_words if max(a, b) < 100 and rng.random() < 0.2 else str
    special = (HELD_SPECIAL if held else SPECIAL)[op]
    if rng.random() < 0.3:
        return rng.choice(special).format(a=show(a), b=show(b), t=rng.choice(_THINGS))
    frame = rng.choice(HELD_FRAMES if held else FRAMES)
    return frame.format(s=rng.choice(ASKS[op]).format(a=show(a), b=show(b)))


def sum_turn(rng, held=False):
    """(question, answer) of one sum. held: a pair and a wording that are never trained on."""
    while True:
        op = rng.choice("++++++-----**/") if not held else rng.choice("++-")
        a, b = operands(op, rng)
        if held_out(op, a, b) == held:
            return wording(op, a, b, rng, held), result(op, a, b)


def hard_turn(rng):
    """A sum that is out of reach, and the answer that says so."""
    kind = rng.random()
    if kind < 0.6:
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
    return rng.choice(FRAMES).format(s=rng.choice(ASKS[op]).format(a=a, b=b)), TOO_HARD


def other_turn(rng):
    """Neighbours, doubles, halves, comparisons, sums of three."""
    n = rng.randint(0, rng.choice([12, 30, 98]))
    kind = rng.randrange(7)
    if kind == 0:
        ask = rng.choice(["what comes after {n}", "which number comes after {n}", "the number after {n}", "what number follows {n}"])
        return ask.format(n=n), f"After {n} comes {n + 1}."
    if kind == 1:
        ask = rng.choice(["what comes before {n}", "which number comes before {n}", "the number before {n}"])
        return ask.format(n=n + 1), f"Before {n + 1} comes {n}."
    if kind == 2:
        n = rng.randint(0, 12)
        ask = rng.choice(["double {n}", "what is the double of {n}", "twice {n}", "what is twice {n}", "what is {n} doubled"])
        return ask.format(n=n), f"2 * {n} = {2 * n}."
    if kind == 3:
        n = 2 * rng.randint(0, 12)
        return rng.choice(["half of {n}", "what is half of {n}", "halve {n}", "what is {n} halved"]).format(n=n), f"{n} / 2 = {n // 2}."
    if kind == 4:
        a, b = rng.sample(range(100), 2)
        ask = rng.choice(["which is bigger, {a} or {b}", "is {a} bigger than {b}", "what is more, {a} or {b}", "is {a} less than {b}", "which number is larger: {a} or {b}"])
        return ask.format(a=a, b=b), f"{max(a, b)} is bigger than {min(a, b)}."
    if kind == 5:
        last = n + rng.randint(3, 9)
        ask = rng.choice(["count from {n} to {last}", "please count from {n} to {last}", "can you count from {n} to {last}", "list the numbers from {n} to {last}"])
        return ask.format(n=n, last=last), ", ".join(map(str, range(n, last + 1))) + "."
    a, b, c = (rng.randint(0, 9) for _ in range(3))
    return rng.choice(FRAMES).format(s=rng.choice(["{a}+{b}+{c}", "{a} + {b} + {c}", "{a} plus {b} plus {c}"]).format(a=a, b=b, c=c)), f"{a} + {b} + {c} = {a + b + c}."


def follow_turn(previous, rng):
    """A turn that goes on from the result of the previous equation, or None where that has no small result."""
    last = previous.rstrip(".").split("= ")[-1]
    if "=" not in previous or not last.isdigit() or int(last) > 99:
        return None
    a, b, op = int(last), rng.randint(0, 20), rng.choice("++-")
    if op == "-" and b > a or held_out(op, a, b):
        return None
    asks = {
        "+": ["plus {b}", "and plus {b}", "and {b} more", "add {b}", "now add {b}", "add {b} to it", "and if I add {b}", "+ {b}", "{b} more"],
        "-": ["minus {b}", "and minus {b}", "take away {b}", "now subtract {b}", "subtract {b} from it", "- {b}", "{b} less"],
    }
    return rng.choice(asks[op]).format(b=b if rng.random() < 0.85 else in_words(b)), result(op, a, b)
