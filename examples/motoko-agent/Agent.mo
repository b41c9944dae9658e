/// An agent that answers questions about a shop's stock: it asks the LLM canister, and looks up what the model wants to know.
import LLM "mo:llm";
import Array "mo:core/Array";
import Nat "mo:core/Nat";

persistent actor {
  let stock = [("apples", 12), ("pears", 3), ("plums", 0)];

  func inStock(fruit : Text) : Text {
    switch (Array.find<(Text, Nat)>(stock, func((name, _)) = name == fruit)) {
      case (?(name, count)) Nat.toText(count) # " " # name;
      case null "no such fruit";
    }
  };

  func run(call : LLM.ToolCall) : Text {
    for ({ name; value } in call.function.arguments.vals()) {
      if (call.function.name == "in_stock" and name == "fruit") return inStock(value);
    };
    "no such tool"
  };

  /// One question, one answer.
  public func ask(question : Text) : async Text {
    await LLM.prompt(#Llama3_1_8B, question)
  };

  /// A conversation so far, and what the model says next; what it asks of the stock is looked up.
  public func chat(messages : [LLM.ChatMessage]) : async Text {
    let tools = [
      LLM.tool("in_stock")
        .withDescription("How many of a fruit there are.")
        .withParameter(LLM.parameter("fruit", #String).withDescription("The fruit, in the plural.").isRequired())
        .build()
    ];
    var said = messages;
    // A model that goes on asking is stopped.
    for (_ in Nat.range(0, 3)) {
      let { message } = await LLM.chat(#Llama3_1_8B).withMessages(said).withTools(tools).send();
      if (message.tool_calls.size() == 0) {
        return switch (message.content) { case (?text) text; case null "" };
      };
      let results = Array.map<LLM.ToolCall, LLM.ChatMessage>(
        message.tool_calls,
        func call = #tool { content = run(call); tool_call_id = call.id },
      );
      said := Array.concat(said, Array.concat([#assistant message], results));
    };
    "I could not find out."
  };
};
